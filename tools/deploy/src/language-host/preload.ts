// Loaded before a program that runs fast: the SDKs load what the program uses, and no more.
import { deferImports } from "@atoll/engine/deferred-imports";

deferImports();
