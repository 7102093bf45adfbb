package io.linkspan.jdbc;

/**
 * What a claim takes of one lane, which is all records of a tenant with the same lookup value, or with none.
 *
 * @param tenant the tenant
 * @param lane the lookup value; empty for none
 * @param many at most so many records
 */
record Turn(String tenant, String lane, int many) {}
