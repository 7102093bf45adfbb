package io.linkspan.spi;

import io.linkspan.TenantId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One versioned record: a few columns a store can index, and a payload it never looks into. Secrets inside the payload are
 * already encrypted. Immutable.
 */
public final class StoredRecord {
    private final TenantId tenant;
    private final RecordKind kind;
    private final String id;
    private final long version;
    private final String user;
    private final @Nullable String uniqueKey;
    private final @Nullable String lookup;
    private final String status;
    private final @Nullable Instant dueAt;
    private final @Nullable Instant attentionAt;
    private final byte[] payload;

    private StoredRecord(Builder builder) {
        this.tenant = builder.tenant;
        this.kind = builder.kind;
        this.id = builder.id;
        this.version = builder.version;
        this.user = builder.user;
        this.uniqueKey = builder.uniqueKey;
        this.lookup = builder.lookup;
        this.status = builder.status;
        this.dueAt = builder.dueAt;
        this.attentionAt = builder.attentionAt;
        this.payload = builder.payload;
    }

    /**
     * Starts a record.
     *
     * @param tenant the tenant
     * @param kind what it holds
     * @param id its id, unique within tenant and kind; at most 128 characters
     * @return a builder with version 1, empty user, status and payload
     */
    public static Builder builder(TenantId tenant, RecordKind kind, String id) {
        return new Builder(tenant, kind, id);
    }

    /**
     * A builder that starts from this record with the next version.
     *
     * @return the builder
     */
    public Builder next() {
        Builder builder = new Builder(tenant, kind, id);
        builder.version = version + 1;
        builder.user = user;
        builder.uniqueKey = uniqueKey;
        builder.lookup = lookup;
        builder.status = status;
        builder.dueAt = dueAt;
        builder.attentionAt = attentionAt;
        builder.payload = payload;
        return builder;
    }

    /**
     * The tenant.
     *
     * @return the tenant
     */
    public TenantId tenant() {
        return tenant;
    }

    /**
     * What it holds.
     *
     * @return the kind
     */
    public RecordKind kind() {
        return kind;
    }

    /**
     * Unique within tenant and kind.
     *
     * @return the id; at most 128 characters
     */
    public String id() {
        return id;
    }

    /**
     * Counts the writes; the first is 1.
     *
     * @return the version
     */
    public long version() {
        return version;
    }

    /**
     * The user inside the tenant, or empty.
     *
     * @return the user
     */
    public String user() {
        return user;
    }

    /**
     * Unique within tenant and kind when present; at most 255 characters.
     *
     * @return the key
     */
    public Optional<String> uniqueKey() {
        return Optional.ofNullable(uniqueKey);
    }

    /**
     * Searched across tenants when present, not unique; at most 128 characters.
     *
     * @return the lookup value
     */
    public Optional<String> lookup() {
        return Optional.ofNullable(lookup);
    }

    /**
     * A word for people and dashboards; at most orders work, never read back for meaning.
     *
     * @return the status; at most 40 characters
     */
    public String status() {
        return status;
    }

    /**
     * When work on it is due; absent when there is none. Millisecond precision.
     *
     * @return the moment
     */
    public Optional<Instant> dueAt() {
        return Optional.ofNullable(dueAt);
    }

    /**
     * From when on somebody should look at it, unless it changes before; absent when never. Millisecond precision.
     *
     * @return the moment
     */
    public Optional<Instant> attentionAt() {
        return Optional.ofNullable(attentionAt);
    }

    /**
     * The payload.
     *
     * @return a copy of the bytes
     */
    public byte[] payload() {
        return payload.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredRecord that && same(that);
    }

    private boolean same(StoredRecord that) {
        return tenant.equals(that.tenant)
                && kind == that.kind
                && id.equals(that.id)
                && version == that.version
                && user.equals(that.user)
                && Objects.equals(uniqueKey, that.uniqueKey)
                && Objects.equals(lookup, that.lookup)
                && status.equals(that.status)
                && Objects.equals(dueAt, that.dueAt)
                && Objects.equals(attentionAt, that.attentionAt)
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, kind, id, version);
    }

    @Override
    public String toString() {
        return kind + " " + id + " v" + version + " of " + tenant + ", " + status;
    }

    /** Builds a {@link StoredRecord}. Not thread-safe. */
    public static final class Builder {
        private final TenantId tenant;
        private final RecordKind kind;
        private final String id;
        private long version = 1;
        private String user = "";
        private @Nullable String uniqueKey;
        private @Nullable String lookup;
        private String status = "";
        private @Nullable Instant dueAt;
        private @Nullable Instant attentionAt;
        private byte[] payload = new byte[0];

        private Builder(TenantId tenant, RecordKind kind, String id) {
            this.tenant = Objects.requireNonNull(tenant, "tenant");
            this.kind = Objects.requireNonNull(kind, "kind");
            this.id = Objects.requireNonNull(id, "id");
        }

        /**
         * Sets the version; for stores that read a row.
         *
         * @param value at least 1
         * @return this
         */
        public Builder version(long value) {
            this.version = value;
            return this;
        }

        /**
         * Sets the user.
         *
         * @param value the user, or empty
         * @return this
         */
        public Builder user(String value) {
            this.user = Objects.requireNonNull(value, "user");
            return this;
        }

        /**
         * Sets the unique key.
         *
         * @param value the key, or null
         * @return this
         */
        public Builder uniqueKey(@Nullable String value) {
            this.uniqueKey = value;
            return this;
        }

        /**
         * Sets the lookup value.
         *
         * @param value the value, or null
         * @return this
         */
        public Builder lookup(@Nullable String value) {
            this.lookup = value;
            return this;
        }

        /**
         * Sets the status word.
         *
         * @param value the word
         * @return this
         */
        public Builder status(String value) {
            this.status = Objects.requireNonNull(value, "status");
            return this;
        }

        /**
         * Sets when work is due; cut to milliseconds.
         *
         * @param value the moment, or null
         * @return this
         */
        public Builder dueAt(@Nullable Instant value) {
            this.dueAt = value == null ? null : Instant.ofEpochMilli(value.toEpochMilli());
            return this;
        }

        /**
         * Sets from when on somebody should look at it; cut to milliseconds.
         *
         * @param value the moment, or null
         * @return this
         */
        public Builder attentionAt(@Nullable Instant value) {
            this.attentionAt = value == null ? null : Instant.ofEpochMilli(value.toEpochMilli());
            return this;
        }

        /**
         * Sets the payload.
         *
         * @param value the bytes; copied
         * @return this
         */
        public Builder payload(byte[] value) {
            this.payload = value.clone();
            return this;
        }

        /**
         * Builds the record.
         *
         * @return the record
         */
        public StoredRecord build() {
            return new StoredRecord(this);
        }
    }
}
