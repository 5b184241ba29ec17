import { defineBenchOrganization } from "./define-bench-organization.ts";

export default defineBenchOrganization(6);
