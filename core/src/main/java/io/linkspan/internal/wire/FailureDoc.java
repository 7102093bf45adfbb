package io.linkspan.internal.wire;

import io.linkspan.connection.ConnectHelp.Bucket;
import java.time.Instant;

/**
 * Why a connect did not work, or not wholly: a row of the help, without anything of the account.
 *
 * @param row row of the help catalogue
 * @param bucket kind of trouble
 * @param at when
 */
public record FailureDoc(String row, Bucket bucket, Instant at) implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(row, bucket, at);
    }
}
