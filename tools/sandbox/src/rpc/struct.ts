import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

import type { WireRecord } from "./values.ts";

/** Properties out of a message; empty where it has none. */
export function fromStruct(value: Struct | undefined): WireRecord {
  return value?.toJavaScript() ?? {};
}

/** Properties for a message. */
export function toStruct(value: WireRecord): Struct {
  return struct.Struct.fromJavaScript(value);
}
