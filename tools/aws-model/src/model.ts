import type { Problem } from "@atoll/core";
import type { CloudModel } from "./cloud/cloud-model.ts";
import type { DiffOptions, ResourceDiff } from "./change/diff.ts";
import type { ReplacementAnswer } from "./change/replacement.ts";
import type { CodeExplanation, Explanation } from "./explain/explanation.ts";
import type { PlainRecord } from "./values.ts";

/** The partitions of AWS that the model knows. */
export type PartitionName = "aws" | "aws-cn" | "aws-us-gov";

/** Where a resource lives, as its provider is configured; an input `region` overrides `region`. */
export interface Scope {
  readonly partition: PartitionName;
  /** 12 digits. */
  readonly accountId: string;
  readonly region: string;
  /** The provider's default tags. @default none */
  readonly defaultTags?: Readonly<Record<string, string>>;
}

/** A Problem whose path is relative to the resource, such as `routes[0].gatewayId`. */
export type Finding = Omit<Problem, "source">;

/** What the model needs to answer for one resource. */
export interface PlanRequest {
  /** Type token, such as `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly urn: string;
  readonly inputs: PlainRecord;
  readonly scope: Scope;
  /** The id of an existing resource that is imported or read. @default planned by the model */
  readonly id?: string;
}

/** What AWS would answer for one resource, as far as it can be planned. */
export interface PlannedResource {
  readonly id: string;
  /** Inputs, defaults, computed values; `UNKNOWN` where nothing sensible can be said. */
  readonly outputs: PlainRecord;
  /** Names of outputs that AWS decides and that a real preview leaves unknown; sorted. */
  readonly computed: readonly string[];
}

/** A call of a data source. */
export interface InvokeRequest {
  /** Function token, such as `aws:index/getRegion:getRegion`. */
  readonly token: string;
  readonly args: PlainRecord;
  readonly scope: Scope;
}

/** A data source's answer, or why there is none. */
export type InvokeAnswer = { readonly value: PlainRecord } | { readonly problem: Finding };

/** What the AWS provider and AWS would say. */
export interface AwsModel {
  /** Version of the `@pulumi/aws` that the tables were generated from. */
  readonly version: string;
  /** True for every resource type of `@pulumi/aws`. */
  knows(type: string): boolean;
  /**
   * Everything that is wrong with a resource's inputs, sorted by path; empty for an unknown type.
   * Codes: `UNKNOWN_PROPERTY`, `MISSING_PROPERTY`, `WRONG_TYPE`, `VALUE_NOT_ALLOWED`,
   * `VALUE_PATTERN`, `VALUE_LENGTH`, `VALUE_RANGE`, `INVALID_JSON`.
   */
  check(type: string, inputs: PlainRecord, scope: Scope): readonly Finding[];
  /** Deterministic: the same request has the same answer in every process. */
  plan(request: PlanRequest): PlannedResource;
  /** Whether a change of an input replaces its resource; a path such as `ingress[].fromPort` too. */
  replacement(type: string, property: string): ReplacementAnswer;
  /**
   * What changes between two sets of inputs, as the provider sees it. A value that is not known
   * yet changes, and replaces where its input does.
   */
  diff(type: string, before: PlainRecord, after: PlainRecord, options?: DiffOptions): ResourceDiff;
  /**
   * What is known of `aws:ec2/subnet:Subnet.cidrBlock`, `ec2.Subnet.cidrBlock`, a type or a code.
   *
   * @param codes codes beyond those of the model, such as those of other tools @default none
   */
  explain(query: string, codes?: readonly CodeExplanation[]): Explanation;
  /** Answers from dated tables, never from the network. Code: `DATA_SOURCE_UNANSWERED`. */
  invoke(request: InvokeRequest): InvokeAnswer;
  /** What AWS would answer to calls, given what else there is. */
  readonly cloud: CloudModel;
}
