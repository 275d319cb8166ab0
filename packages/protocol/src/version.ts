/** The wire's version: whoever changes a schema changes it, and version.test.ts sees to that. */
export const WIRE_VERSION = 2;
/** The product's version, as `GET /api/v1/server` and the OpenAPI document give it. */
export const RILL_VERSION = '0.1.0';
