import { defineStack } from "@atoll/organization/stack";

import "../contracts.ts";

/** The bench organization's management account: an organization has one, and here it is left empty. */
export default defineStack({ kind: "management", needs: [], program: () => ({}) });
