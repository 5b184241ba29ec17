import { isPlainList, isPlainRecord } from "../../values.ts";
import type { PlainRecord, PlainValue } from "../../values.ts";
import type { CloudResource } from "../cloud.ts";
import { beside, isNot, NO_CHANGE, others, text } from "../look.ts";
import type { CheckRule, CloudContext, CloudTable, Reference, UniqueRule } from "../row.ts";
import { EC2_ERRORS, provider } from "../sources.ts";
import {
  DEFAULT_ROUTE_TABLE,
  INTERNET_GATEWAY,
  MAIN_TABLE_ASSOCIATION,
  NAT_GATEWAY,
  ROUTE,
  ROUTE_TABLE,
  ROUTE_TABLES,
  TABLE_ASSOCIATION,
} from "../type-names.ts";
import { atMost, atMostBy } from "./counting.ts";
import { toEc2, toSubnet, toTable, toVpc } from "./references.ts";

const DESTINATIONS = {
  destinationCidrBlock: "cidrBlock",
  destinationIpv6CidrBlock: "ipv6CidrBlock",
  destinationPrefixListId: "destinationPrefixListId",
} as const;

/** Where a route may lead: a gateway that is not in the route's VPC is refused. */
function toTargets(inside: string): readonly Reference[] {
  return [
    toEc2(`${inside}gatewayId`, INTERNET_GATEWAY, "InvalidGatewayID.NotFound", {
      // `local` is always there; virtual private gateways are not modelled.
      except: /^local$|^(?!igw-)/u,
      sameVpc: "InvalidParameterValue",
    }),
    toEc2(`${inside}natGatewayId`, NAT_GATEWAY, "NatGatewayNotFound", {
      sameVpc: "InvalidParameterValue",
    }),
  ];
}

/** The routes that are made apart from a table. */
function routesOf(
  table: CloudResource,
  context: Pick<CloudContext, "cloud">,
): readonly CloudResource[] {
  return beside(context.cloud, table, [ROUTE]).filter(
    ({ outputs }) => outputs["routeTableId"] === table.id,
  );
}

/** A route as its table reports it. */
function asEntry({ outputs }: CloudResource): PlainRecord {
  const entry: Record<string, PlainValue> = {};
  for (const [name, short] of Object.entries(DESTINATIONS)) entry[short] = outputs[name] ?? "";
  for (const target of ["gatewayId", "natGatewayId", "transitGatewayId", "vpcEndpointId"]) {
    entry[target] = outputs[target] ?? "";
  }
  return entry;
}

function ownEntries(table: CloudResource): readonly PlainValue[] {
  const routes =
    table.inputs["routes"] ?? (table.origin === "created" ? [] : table.outputs["routes"]);
  return isPlainList(routes) ? routes : [];
}

const TABLE_VIEW = (table: CloudResource, cloud: CloudContext["cloud"]): PlainRecord => ({
  propagatingVgws: table.inputs["propagatingVgws"] ?? [],
  routes: [...ownEntries(table), ...routesOf(table, { cloud }).map(asEntry)],
});

const ROUTE_QUOTA = {
  rule: "ec2/routes-per-table",
  code: "RouteLimitExceeded",
  limit: "vpc/routes-per-route-table",
  what: "routes in the route table",
  provenance: EC2_ERRORS,
} as const;

const ROUTES_IN_TABLE = atMostBy(ROUTE_QUOTA, ({ wanted, cloud }) => ({
  count: ownEntries(wanted).length + routesOf(wanted, { cloud }).length,
  path: "routes",
}));

/** Two routes of a table have two destinations. */
const destinationsDiffer: CheckRule = {
  rule: "ec2/route-exists",
  code: "RouteAlreadyExists",
  text: "A route table has one route to a destination.",
  provenance: EC2_ERRORS,
  check(context) {
    const { wanted, cloud } = context;
    const tableId = text(wanted.outputs, "routeTableId");
    const taken = others(context).filter(({ outputs }) => outputs["routeTableId"] === tableId);
    const table = beside(cloud, wanted, ROUTE_TABLES).find(({ id }) => id === tableId);
    const inline = table === undefined ? [] : ownEntries(table).filter(isPlainRecord);
    return Object.entries(DESTINATIONS).flatMap(([path, short]) => {
      const destination = text(wanted.outputs, path);
      if (destination === undefined) return [];
      const isTaken =
        taken.some((other) => other.outputs[path] === destination) ||
        inline.some((entry) => entry[short] === destination);
      const message = `The route identified by ${destination} already exists in ${String(tableId)}`;
      return isTaken ? [{ path, message }] : [];
    });
  },
};

const ONE_TABLE: UniqueRule = {
  rule: "ec2/one-route-table-per-subnet",
  code: "Resource.AlreadyAssociated",
  text: "A subnet is associated with one route table at a time.",
  of: ["subnetId"],
  within: "region",
  provenance: EC2_ERRORS,
};

/** Route tables and what is in them. */
export const ROUTING_ROWS: CloudTable = {
  [ROUTE_TABLE]: {
    references: [
      toVpc("vpcId", { holds: "DependencyViolation", sameVpc: "InvalidParameterValue" }),
      ...toTargets("routes[]."),
    ],
    limits: [
      atMost(
        {
          rule: "ec2/route-tables-per-vpc",
          code: "RouteTableLimitExceeded",
          limit: "vpc/route-tables-per-vpc",
          what: "route tables in the VPC",
          provenance: EC2_ERRORS,
        },
        ["vpcId"],
      ),
      ROUTES_IN_TABLE,
    ],
    view: TABLE_VIEW,
  },
  [DEFAULT_ROUTE_TABLE]: {
    references: [
      toTable("defaultRouteTableId", { follows: true }),
      toVpc("vpcId", { follows: true }),
      ...toTargets("routes[]."),
    ],
    limits: [ROUTES_IN_TABLE],
    adopts({ wanted, cloud }) {
      const id = wanted.inputs["defaultRouteTableId"];
      const found = beside(cloud, wanted, [DEFAULT_ROUTE_TABLE]).find((table) => table.id === id);
      // The provider deletes every route first.
      return found === undefined
        ? undefined
        : { ...found, inputs: {}, outputs: { ...found.outputs, routes: [] } };
    },
    // Those that are resources of their own go as well.
    effects: ({ wanted, isNew, cloud }) =>
      isNew ? { put: [], remove: routesOf(wanted, { cloud }) } : NO_CHANGE,
    view: TABLE_VIEW,
    importId: ({ outputs }) => outputs["vpcId"] ?? null,
    removal: {
      change: () => NO_CHANGE,
      text: "A default route table stays, with the routes that it has.",
      provenance: provider("ec2/vpc_default_route_table.go@0df2987"),
    },
  },
  [ROUTE]: {
    references: [
      toTable("routeTableId", { follows: true, sameVpc: "InvalidParameterValue" }),
      ...toTargets(""),
    ],
    checks: [destinationsDiffer],
    limits: [
      atMostBy(ROUTE_QUOTA, ({ wanted, current, cloud }) => {
        const table = beside(cloud, wanted, ROUTE_TABLES).find(
          ({ id }) => id === wanted.outputs["routeTableId"],
        );
        if (table === undefined || current !== undefined) return undefined;
        const count = ownEntries(table).length + routesOf(table, { cloud }).length + 1;
        return { count, path: "routeTableId" };
      }),
    ],
    importId: ({ outputs }) => {
      const [destination] = Object.keys(DESTINATIONS).flatMap((name) => text(outputs, name) ?? []);
      return `${text(outputs, "routeTableId") ?? ""}_${destination ?? ""}`;
    },
  },
  [TABLE_ASSOCIATION]: {
    references: [
      toSubnet("subnetId", { follows: true, sameVpc: "InvalidParameterValue" }),
      // The provider takes the associations away before the table.
      toTable("routeTableId", { follows: true, sameVpc: "InvalidParameterValue" }),
      toEc2("gatewayId", INTERNET_GATEWAY, "InvalidGatewayID.NotFound", {
        except: /^(?!igw-)/u,
        sameVpc: "InvalidParameterValue",
      }),
    ],
    unique: [ONE_TABLE],
    importId: ({ outputs }) =>
      `${text(outputs, "subnetId") ?? text(outputs, "gatewayId") ?? ""}/${text(outputs, "routeTableId") ?? ""}`,
  },
  [MAIN_TABLE_ASSOCIATION]: {
    references: [
      toVpc("vpcId", { follows: true, sameVpc: "InvalidParameterValue" }),
      toTable("routeTableId", { holds: "DependencyViolation", sameVpc: "InvalidParameterValue" }),
    ],
    setting: true,
    // A VPC has one main table: the association that was there is replaced, and its id gone.
    effects: (context) => ({
      put: [],
      remove: others(context)
        .filter(({ outputs }) => outputs["vpcId"] === context.wanted.outputs["vpcId"])
        .filter(isNot(context.wanted)),
    }),
  },
};
