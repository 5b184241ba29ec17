import type { DiffRequest } from "@pulumi/pulumi/proto/provider_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";

import { topOf, type DiffAnswer, type PropertyDiff } from "../provider/diff.ts";
import { fromStruct } from "./struct.ts";
import type { WireRecord } from "./values.ts";

/** What `Diff` answers, as a message. */
export function diffResponse(answer: DiffAnswer): unknown {
  const { differences, replaces, deleteBeforeReplace } = answer;
  const paths = Object.keys(differences);
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  const response = new messages.DiffResponse()
    .setChanges(paths.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setDiffsList([...new Set(paths.map(topOf))])
    .setReplacesList([...replaces])
    .setDeletebeforereplace(deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const [path, difference] of Object.entries(differences)) {
    response
      .getDetaileddiffMap()
      .set(
        path,
        new messages.PropertyDiff().setKind(kindOf(difference)).setInputdiff(difference.inputDiff),
      );
  }
  return response;
}

function kindOf({ kind, replaces }: PropertyDiff) {
  const { Kind } = messages.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  return kinds[kind][replaces ? 1 : 0];
}

/** A provider is never replaced for its configuration: the account that it is bound to is checked by `checkConfig`. */
export function configurationDiff(request: DiffRequest): unknown {
  const before = JSON.stringify(sorted(fromStruct(request.getOldInputs())));
  const after = JSON.stringify(sorted(fromStruct(request.getNews())));
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  return new messages.DiffResponse().setChanges(before === after ? DIFF_NONE : DIFF_SOME);
}

function sorted(record: WireRecord): WireRecord {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([key]) => key !== "version")
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
