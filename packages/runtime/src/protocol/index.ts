export { type BodyChecksum, contentMd5 } from "../body-checksum.ts";
export type { ShapeChecks } from "../check-input.ts";
export { type Compression, gzip } from "../compression.ts";
export { type Arn, parseArn } from "../endpoints/arn.ts";
export type { AuthScheme, EndpointParameters, ResolvedEndpoint } from "../endpoints/endpoint.ts";
export { isValidHostLabel, isVirtualHostableS3Bucket } from "../endpoints/host-label.ts";
export { type Partition, partition } from "../endpoints/partition.ts";
export { split, substring } from "../endpoints/text.ts";
export { type ParsedUrl, parseUrl, uriEncode } from "../endpoints/url.ts";
export { ConfigurationError } from "../errors.ts";
export { findProblems } from "../find-problems.ts";
export { entriesOf, iterateItems, iteratePages, type Pagination } from "../pages.ts";
export type {
  BlobShape,
  BooleanShape,
  DocumentShape,
  ListShape,
  MapShape,
  NumberShape,
  Shape,
  StringShape,
  StructureShape,
  TimestampShape,
  UnionShape,
} from "../shape.ts";
export {
  checkBigDecimal,
  checkBigInteger,
  checkBlob,
  checkDocument,
  checkDouble,
  checkLong,
  checkMap,
  checkUnion,
} from "../shape-checks.ts";
export { unitShape } from "../unit.ts";
export { allEqual, given, type Waiter, type WaiterAcceptor, waitUntil } from "../waiter.ts";
export {
  awsJson1_0,
  awsJson1_0QueryCompatible,
  awsJson1_1,
  awsJson1_1QueryCompatible,
} from "./aws-json.ts";
export { concealMembers } from "./concealed-members.ts";
export { decimalJson, exactJson, type JsonCodec, type JsonObject } from "./json.ts";
export type { Protocol, ProtocolError, ProtocolRequest, ProtocolResponse } from "./protocol.ts";
export {
  createIdempotencyToken,
  hostLabel,
  mapList,
  mapValues,
  parseBigDecimal,
  parseBigInteger,
  parseBlob,
  parseDocument,
  parseDouble,
  parseList,
  parseMap,
  parseObject,
  parseObjectWithoutNulls,
  parseTimestamp,
  parseUnion,
  serializeBigDecimal,
  serializeBlob,
  serializeDateTime,
  serializeDouble,
  serializeEpochSeconds,
  serializeHttpDate,
} from "./wire.ts";
