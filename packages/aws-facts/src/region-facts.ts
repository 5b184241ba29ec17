import type { Dated } from "./dated.ts";

/**
 * Regions of the `aws` partition that every account has from the start. AWS opened all others after 2019-03-20, and an
 * account must opt in to them. Accounts in China and GovCloud have their regions from the start.
 */
export const defaultRegions: Dated<readonly string[]> = {
  source: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
  date: "2026-11-23",
  data: [
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
  ],
};

/**
 * Availability zones that exist and are a poor choice: AWS gives them to some accounts only (`apne1-az3`, `usw1-az2`),
 * or leaves them out of services (`cnn1-az4`, `euw2-az4`, `use1-az3`). The measure is one page that lists a service's
 * zones for nearly every region; zones of AWS's own list that are missing there are limited.
 */
export const limitedZones: Dated<Readonly<Record<string, readonly string[]>>> = {
  source:
    "https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/endpoints-quotas.html against https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html",
  date: "2026-11-23",
  data: {
    "ap-northeast-1": ["apne1-az3"],
    "cn-north-1": ["cnn1-az4"],
    "eu-west-2": ["euw2-az4"],
    "us-east-1": ["use1-az3"],
    "us-west-1": ["usw1-az2"],
  },
};
