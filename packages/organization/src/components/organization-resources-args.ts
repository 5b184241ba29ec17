import type * as aws from "@pulumi/aws";

import type { Organization } from "../model.ts";

/** Ids of what AWS has already, so that it is imported and not made a second time. */
export interface ExistingOrganization {
  /** Such as `o-a1b2c3d4e5`. @default the organization is created */
  readonly organizationId?: string;
  /** Ids of organizational units, by path. @default they are created */
  readonly unitIds?: Readonly<Record<string, string>>;
}

/** Inputs that replace those the component gives a child; a key that the organization does not have is refused. */
export interface OrganizationResourcesOverrides {
  readonly organization?: Partial<aws.organizations.OrganizationArgs>;
  /** By path. */
  readonly units?: Readonly<Record<string, Partial<aws.organizations.OrganizationalUnitArgs>>>;
  /** By account name. */
  readonly accounts?: Readonly<Record<string, Partial<aws.organizations.AccountArgs>>>;
  /** By policy name. */
  readonly policies?: Readonly<Record<string, Partial<aws.organizations.PolicyArgs>>>;
}

/** What the `OrganizationResources` component is made from. */
export interface OrganizationResourcesArgs {
  readonly organization: Organization;
  /**
   * Services that may act across the organization, besides those with a delegated administrator. AWS takes access from
   * every service that is not named. @default none
   */
  readonly servicePrincipals?: readonly string[];
  /** What AWS has already; accounts are imported by the ids in the organization file. @default nothing */
  readonly existing?: ExistingOrganization;
  /**
   * Takes imported resources as they are found: their tags, parents and settings stay. Set it for the run that takes
   * over an existing organization, then remove it. @default false
   */
  readonly adopting?: boolean;
  /** @default none */
  readonly overrides?: OrganizationResourcesOverrides;
}
