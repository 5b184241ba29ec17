import { region as regionFacts } from "@atoll/aws-facts";
import { compareText, partition } from "@atoll/core";
import { errorAt } from "../check/finding.ts";
import type { Finding, InvokeAnswer, InvokeRequest, Scope } from "../model.ts";
import { zoneNameOf } from "../plan/zones.ts";
import { isPlainList, UNKNOWN } from "../values.ts";
import type { PlainRecord } from "../values.ts";
import { policyDocument } from "./policy-document.ts";

/** Answers one data source; undefined when it cannot answer these arguments. */
type Answerer = (args: PlainRecord, scope: Scope) => PlainRecord | undefined;

const ANSWERERS: Readonly<Record<string, Answerer>> = {
  "aws:iam/getPolicyDocument:getPolicyDocument": policyDocument,
  "aws:index/getAvailabilityZones:getAvailabilityZones": availabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": callerIdentity,
  "aws:index/getDefaultTags:getDefaultTags": (_args, { defaultTags }) => ({
    id: "default-tags",
    tags: { ...defaultTags },
  }),
  "aws:index/getPartition:getPartition": (_args, scope) => {
    const { dnsSuffix } = partition(scope.partition);
    const reverseDnsPrefix = dnsSuffix.split(".").reverse().join(".");
    return { id: scope.partition, partition: scope.partition, dnsSuffix, reverseDnsPrefix };
  },
  "aws:index/getRegion:getRegion": regionAnswer,
};

/** Tokens of the data sources that the model answers, sorted. */
export const ANSWERED_DATA_SOURCES: readonly string[] = Object.keys(ANSWERERS).sort(compareText);

/** Answers a data source from dated tables; never from the network. */
export function answerInvoke({ token, args, scope }: InvokeRequest): InvokeAnswer {
  const answerer = Object.hasOwn(ANSWERERS, token) ? ANSWERERS[token] : undefined;
  const value = answerer?.(args, scope);
  return value === undefined
    ? { problem: unanswered(token, args, answerer !== undefined) }
    : { value };
}

function unanswered(token: string, args: PlainRecord, known: boolean): Finding {
  const message = known
    ? `The data source ${token} has no answer offline for these arguments.`
    : `The data source ${token} has no answer offline.`;
  return errorAt("DATA_SOURCE_UNANSWERED", "", message, {
    got: { token, args },
    expected: `one of ${ANSWERED_DATA_SOURCES.join(", ")}`,
    fix: "Pass the value in as plain data, for instance from the organization file.",
  });
}

function callerIdentity(_args: PlainRecord, scope: Scope): PlainRecord {
  // The session that will deploy is not known before deployment, its account is.
  return { accountId: scope.accountId, arn: UNKNOWN, id: scope.accountId, userId: UNKNOWN };
}

function regionAnswer(args: PlainRecord, scope: Scope): PlainRecord | undefined {
  const asked = args["region"] ?? args["name"];
  if (asked === UNKNOWN || args["endpoint"] !== undefined) return undefined;
  const name = typeof asked === "string" ? asked : scope.region;
  const { dnsSuffix } = partition(scope.partition);
  return {
    // The table's age shows in a region that it lacks: the description is then not known.
    description: regionFacts(name)?.title ?? UNKNOWN,
    endpoint: `ec2.${name}.${dnsSuffix}`,
    id: name,
    name,
    region: name,
  };
}

/** Filters and Local Zones are not answered: the table has plain availability zones alone. */
function availabilityZones(args: PlainRecord, scope: Scope): PlainRecord | undefined {
  const {
    region: asked,
    filters,
    excludeNames,
    excludeZoneIds,
    allAvailabilityZones,
    state,
  } = args;
  if (asked === UNKNOWN || allAvailabilityZones === true) return undefined;
  if (isPlainList(filters) && filters.length > 0) return undefined;
  if (state !== undefined && state !== null && state !== "available") return undefined;
  const region = typeof asked === "string" ? asked : scope.region;
  const facts = regionFacts(region);
  if (facts === undefined) return undefined;
  const excluded = [...listOf(excludeNames), ...listOf(excludeZoneIds)];
  const zones = facts.zones
    .map((zoneId) => ({ zoneId, name: zoneNameOf(zoneId, region) ?? zoneId }))
    .filter(({ zoneId, name }) => !excluded.includes(zoneId) && !excluded.includes(name))
    .sort((a, b) => compareText(a.name, b.name));
  return {
    ...args,
    // AWS has been renaming the groups of plain zones; no table says where it stands.
    groupNames: UNKNOWN,
    id: region,
    names: zones.map((zone) => zone.name),
    region,
    zoneIds: zones.map((zone) => zone.zoneId),
  };
}

function listOf(value: PlainRecord[string] | undefined): readonly unknown[] {
  return isPlainList(value) ? value : [];
}
