package io.linkspan.internal;

import io.linkspan.Platform;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.HelpCatalogue;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.WebhookAdapter;

/** An adapter as given, whose token answers are checked whoever wrote it. */
final class CheckedPlatform implements PlatformAdapter {
    private final PlatformAdapter inner;

    CheckedPlatform(PlatformAdapter inner) {
        this.inner = inner;
    }

    @Override
    public Platform platform() {
        return inner.platform();
    }

    @Override
    public String registration() {
        return inner.registration();
    }

    @Override
    public OAuthAdapter oauth() {
        return new CheckedOAuth(inner.oauth());
    }

    @Override
    public AccountAdapter accounts() {
        return inner.accounts();
    }

    @Override
    public RevocationAdapter revocation() {
        return inner.revocation();
    }

    @Override
    public PublishAdapter publishing() {
        return inner.publishing();
    }

    @Override
    public WebhookAdapter webhooks() {
        return inner.webhooks();
    }

    @Override
    public String toString() {
        return inner.toString();
    }

    @Override
    public ProfileAdapter profiles() {
        return inner.profiles();
    }

    @Override
    public HelpCatalogue help() {
        return inner.help();
    }
}
