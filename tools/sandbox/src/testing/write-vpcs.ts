/* A process of its own that writes to an account: `write-vpcs.ts <sandbox> <account> <name> <count>`. */
import { loadModel } from "@atoll/aws-model";

import { openStore } from "../store/open-store.ts";

const [folder = "", accountId = "", name = "", count = "0"] = process.argv.slice(2);
const store = openStore(folder, loadModel());
for (let number = 0; number < Number(count); number += 1) {
  store.change(accountId, () => ({
    result: null,
    isCreation: true,
    change: {
      put: [
        {
          type: "aws:ec2/vpc:Vpc",
          id: `${name}-${String(number)}`,
          accountId,
          region: "eu-west-1",
          inputs: {},
          outputs: {},
          origin: "created",
        },
      ],
      remove: [],
    },
  }));
}
