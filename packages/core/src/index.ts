export { allocateBlocks, firstFreeBlock, freeBlocks, totalFree } from "./address-space.ts";
export { formatArn, parseArn } from "./arn.ts";
export type { Arn, ArnParts } from "./arn.ts";
export {
  blockSize,
  cidrAt,
  cidrProblem,
  compareCidr,
  containsCidr,
  findOverlaps,
  overlapsCidr,
  parseCidr,
  requireCidr,
  reservedAddressesPerSubnet,
  sortCidrs,
  subnetAt,
  subnetCount,
  subnetsOf,
  usableAddresses,
} from "./cidr.ts";
export type { Cidr, CidrOverlap } from "./cidr.ts";
export { fillDocument, placeholdersOf, renderDocument } from "./document.ts";
export type { FilledDocument, PlaceholderValue } from "./document.ts";
export { AtollError, ProblemError } from "./errors.ts";
export { formatCycle, graphProblems, planGraph } from "./graph.ts";
export type { GraphNode, GraphPlan, UnknownNeed } from "./graph.ts";
export { shortHash, stableJson } from "./hash.ts";
export { addressBits, formatAddress, parseAddress } from "./ip.ts";
export type { IpAddress, IpFamily } from "./ip.ts";
export { nameRules } from "./name-rules.ts";
export type { NameRule } from "./name-rules.ts";
export { checkName, nameRule, physicalName } from "./names.ts";
export type { PhysicalNameOptions } from "./names.ts";
export {
  isPartitionName,
  partition,
  partitionNames,
  partitionOfRegion,
  servicePrincipal,
} from "./partition.ts";
export type { Partition, PartitionName } from "./partition.ts";
export { compareText, hasErrors, sortProblems } from "./problem.ts";
export type { JsonValue, Problem, Severity, SourceLocation } from "./problem.ts";
export { checkTags, identityTags, tagLimits } from "./tags.ts";
export { characterCount, editDistance, suggest } from "./text.ts";
