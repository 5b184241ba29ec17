/*
 * Type tokens under the names that AWS gives to the things: rules name them, apart from the tables that they are in.
 */

/** A VPC. */
export const VPC = "aws:ec2/vpc:Vpc";
export const DEFAULT_VPC = "aws:ec2/defaultVpc:DefaultVpc";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const DEFAULT_SECURITY_GROUP = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl";
export const DEFAULT_NETWORK_ACL = "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl";
export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
export const DEFAULT_ROUTE_TABLE = "aws:ec2/defaultRouteTable:DefaultRouteTable";
export const ROUTE = "aws:ec2/route:Route";
export const TABLE_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const MAIN_TABLE_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
export const GATEWAY_ATTACHMENT = "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment";
export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const ELASTIC_IP = "aws:ec2/eip:Eip";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const DHCP_OPTIONS = "aws:ec2/vpcDhcpOptions:VpcDhcpOptions";
export const FLOW_LOG = "aws:ec2/flowLog:FlowLog";
export const TRAFFIC_BLOCK = "aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions";
export const TRAFFIC_EXCLUSION =
  "aws:ec2/vpcBlockPublicAccessExclusion:VpcBlockPublicAccessExclusion";
export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
export const SCALING_GROUP = "aws:autoscaling/group:Group";
export const CLUSTER = "aws:ecs/cluster:Cluster";
export const CAPACITY_PROVIDER = "aws:ecs/capacityProvider:CapacityProvider";
export const CLUSTER_PROVIDERS = "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders";
export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const ROLE_ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const IAM_POLICY = "aws:iam/policy:Policy";
export const INSTANCE_PROFILE = "aws:iam/instanceProfile:InstanceProfile";
export const KEY = "aws:kms/key:Key";
export const KEY_ALIAS = "aws:kms/alias:Alias";
export const BUCKET = "aws:s3/bucket:Bucket";
export const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
export const ORGANIZATION = "aws:organizations/organization:Organization";
export const UNIT = "aws:organizations/organizationalUnit:OrganizationalUnit";
export const ACCOUNT = "aws:organizations/account:Account";
export const POLICY = "aws:organizations/policy:Policy";
export const POLICY_ATTACHMENT = "aws:organizations/policyAttachment:PolicyAttachment";
export const DELEGATION = "aws:organizations/delegatedAdministrator:DelegatedAdministrator";
export const RESOURCE_POLICY = "aws:organizations/resourcePolicy:ResourcePolicy";
export const REGION = "aws:account/region:Region";

/** The same thing in AWS under its own type and under the one that takes a default over. */
export const VPCS = [VPC, DEFAULT_VPC];
export const SECURITY_GROUPS = [SECURITY_GROUP, DEFAULT_SECURITY_GROUP];
export const NETWORK_ACLS = [NETWORK_ACL, DEFAULT_NETWORK_ACL];
export const ROUTE_TABLES = [ROUTE_TABLE, DEFAULT_ROUTE_TABLE];

const FAMILIES = [VPCS, SECURITY_GROUPS, NETWORK_ACLS, ROUTE_TABLES];

/** The types under which a resource of this type can be kept. */
export function familyOf(type: string): readonly string[] {
  return FAMILIES.find((family) => family.includes(type)) ?? [type];
}
