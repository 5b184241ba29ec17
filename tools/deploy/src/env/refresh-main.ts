// Started by ../../bin/pulumi when settings in git are newer than their copies: <folder in git> <project>
import { refreshSettings } from "./stack-settings.ts";

const [committed = "", project = ""] = process.argv.slice(2);
for (const stack of refreshSettings(committed, project)) {
  process.stderr.write(`atoll: took over the settings of ${stack} from ${committed}\n`);
}
