// Written by scripts/generate-regions.py: do not edit.
import type { Dated } from "./dated.ts";
import type { RegionRow } from "./region-row.ts";

/** Regions with their names, partitions and zone ids, sorted by name. */
export const regionTable: Dated<readonly RegionRow[]> = {
  source: "botocore 1.44.5 (regions), moto 5.2.5 (zone ids)",
  date: "2026-11-23",
  data: [
    {
      name: "af-south-1",
      title: "Africa (Cape Town)",
      partition: "aws",
      zones: ["afs1-az1", "afs1-az2", "afs1-az3"],
    },
    {
      name: "ap-east-1",
      title: "Asia Pacific (Hong Kong)",
      partition: "aws",
      zones: ["ape1-az1", "ape1-az2", "ape1-az3"],
    },
    {
      name: "ap-east-2",
      title: "Asia Pacific (Taipei)",
      partition: "aws",
      zones: ["ape2-az1", "ape2-az2", "ape2-az3"],
    }, // zones by AWS's pattern of zone ids
    {
      name: "ap-northeast-1",
      title: "Asia Pacific (Tokyo)",
      partition: "aws",
      zones: ["apne1-az1", "apne1-az2", "apne1-az4"],
    },
    {
      name: "ap-northeast-2",
      title: "Asia Pacific (Seoul)",
      partition: "aws",
      zones: ["apne2-az1", "apne2-az2", "apne2-az3", "apne2-az4"],
    },
    {
      name: "ap-northeast-3",
      title: "Asia Pacific (Osaka)",
      partition: "aws",
      zones: ["apne3-az1", "apne3-az2", "apne3-az3"],
    },
    {
      name: "ap-south-1",
      title: "Asia Pacific (Mumbai)",
      partition: "aws",
      zones: ["aps1-az1", "aps1-az2", "aps1-az3"],
    },
    {
      name: "ap-south-2",
      title: "Asia Pacific (Hyderabad)",
      partition: "aws",
      zones: ["aps2-az1", "aps2-az2", "aps2-az3"],
    },
    {
      name: "ap-southeast-1",
      title: "Asia Pacific (Singapore)",
      partition: "aws",
      zones: ["apse1-az1", "apse1-az2", "apse1-az3"],
    },
    {
      name: "ap-southeast-2",
      title: "Asia Pacific (Sydney)",
      partition: "aws",
      zones: ["apse2-az1", "apse2-az2", "apse2-az3"],
    },
    {
      name: "ap-southeast-3",
      title: "Asia Pacific (Jakarta)",
      partition: "aws",
      zones: ["apse3-az1", "apse3-az2", "apse3-az3"],
    },
    {
      name: "ap-southeast-4",
      title: "Asia Pacific (Melbourne)",
      partition: "aws",
      zones: ["apse4-az1", "apse4-az2", "apse4-az3"],
    },
    {
      name: "ap-southeast-5",
      title: "Asia Pacific (Malaysia)",
      partition: "aws",
      zones: ["apse5-az1", "apse5-az2", "apse5-az3"],
    },
    {
      name: "ap-southeast-6",
      title: "Asia Pacific (New Zealand)",
      partition: "aws",
      zones: ["apse6-az1", "apse6-az2", "apse6-az3"],
    }, // zones by AWS's pattern of zone ids
    {
      name: "ap-southeast-7",
      title: "Asia Pacific (Thailand)",
      partition: "aws",
      zones: ["apse7-az1", "apse7-az2", "apse7-az3"],
    }, // zones by AWS's pattern of zone ids
    {
      name: "ca-central-1",
      title: "Canada (Central)",
      partition: "aws",
      zones: ["cac1-az1", "cac1-az2", "cac1-az4"],
    },
    {
      name: "ca-west-1",
      title: "Canada West (Calgary)",
      partition: "aws",
      zones: ["caw1-az1", "caw1-az2", "caw1-az3"],
    },
    {
      name: "cn-north-1",
      title: "China (Beijing)",
      partition: "aws-cn",
      zones: ["cnn1-az1", "cnn1-az2"],
    }, // zones from moto's own table
    {
      name: "cn-northwest-1",
      title: "China (Ningxia)",
      partition: "aws-cn",
      zones: ["cnnw1-az1", "cnnw1-az2", "cnnw1-az3"],
    }, // zones by AWS's pattern of zone ids
    {
      name: "eu-central-1",
      title: "Europe (Frankfurt)",
      partition: "aws",
      zones: ["euc1-az1", "euc1-az2", "euc1-az3"],
    },
    {
      name: "eu-central-2",
      title: "Europe (Zurich)",
      partition: "aws",
      zones: ["euc2-az1", "euc2-az2", "euc2-az3"],
    },
    {
      name: "eu-north-1",
      title: "Europe (Stockholm)",
      partition: "aws",
      zones: ["eun1-az1", "eun1-az2", "eun1-az3"],
    },
    {
      name: "eu-south-1",
      title: "Europe (Milan)",
      partition: "aws",
      zones: ["eus1-az1", "eus1-az2", "eus1-az3"],
    },
    {
      name: "eu-south-2",
      title: "Europe (Spain)",
      partition: "aws",
      zones: ["eus2-az1", "eus2-az2", "eus2-az3"],
    },
    {
      name: "eu-west-1",
      title: "Europe (Ireland)",
      partition: "aws",
      zones: ["euw1-az1", "euw1-az2", "euw1-az3"],
    },
    {
      name: "eu-west-2",
      title: "Europe (London)",
      partition: "aws",
      zones: ["euw2-az1", "euw2-az2", "euw2-az3", "euw2-az4"],
    },
    {
      name: "eu-west-3",
      title: "Europe (Paris)",
      partition: "aws",
      zones: ["euw3-az1", "euw3-az2", "euw3-az3"],
    },
    {
      name: "il-central-1",
      title: "Israel (Tel Aviv)",
      partition: "aws",
      zones: ["ilc1-az1", "ilc1-az2", "ilc1-az3"],
    },
    {
      name: "me-central-1",
      title: "Middle East (UAE)",
      partition: "aws",
      zones: ["mec1-az1", "mec1-az2", "mec1-az3"],
    },
    {
      name: "me-south-1",
      title: "Middle East (Bahrain)",
      partition: "aws",
      zones: ["mes1-az1", "mes1-az2", "mes1-az3"],
    },
    {
      name: "mx-central-1",
      title: "Mexico (Central)",
      partition: "aws",
      zones: ["mxc1-az1", "mxc1-az2", "mxc1-az3"],
    }, // zones by AWS's pattern of zone ids
    {
      name: "sa-east-1",
      title: "South America (Sao Paulo)",
      partition: "aws",
      zones: ["sae1-az1", "sae1-az2", "sae1-az3"],
    },
    {
      name: "us-east-1",
      title: "US East (N. Virginia)",
      partition: "aws",
      zones: ["use1-az1", "use1-az2", "use1-az3", "use1-az4", "use1-az5", "use1-az6"],
    },
    {
      name: "us-east-2",
      title: "US East (Ohio)",
      partition: "aws",
      zones: ["use2-az1", "use2-az2", "use2-az3"],
    },
    {
      name: "us-gov-east-1",
      title: "AWS GovCloud (US-East)",
      partition: "aws-us-gov",
      zones: ["usge1-az1", "usge1-az2", "usge1-az3"],
    }, // zones by AWS's pattern of zone ids
    {
      name: "us-gov-west-1",
      title: "AWS GovCloud (US-West)",
      partition: "aws-us-gov",
      zones: ["usgw1-az1", "usgw1-az2", "usgw1-az3"],
    }, // zones by AWS's pattern of zone ids
    {
      name: "us-west-1",
      title: "US West (N. California)",
      partition: "aws",
      zones: ["usw1-az1", "usw1-az3"],
    },
    {
      name: "us-west-2",
      title: "US West (Oregon)",
      partition: "aws",
      zones: ["usw2-az1", "usw2-az2", "usw2-az3", "usw2-az4"],
    },
  ],
};
