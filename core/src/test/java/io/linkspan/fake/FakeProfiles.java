package io.linkspan.fake;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.ProfileAddress;
import io.linkspan.spi.ProfileFields;
import java.util.List;
import java.util.Set;

/** Profiles that show no text at all. */
public final class FakeProfiles implements ProfileAdapter {
    @Override
    public ProfileAddress address() {
        return new ProfileAddress("Fake", List.of("fake"), List.of("fake.example"), "", "https://fake.example/", "");
    }

    @Override
    public ProfileFields fields(AccountIdentity account, Set<String> scopes) {
        return ProfileFields.none("the fake platform shows nothing");
    }

    @Override
    public List<String> showSteps(String shown, String address) {
        return List.of("Paste " + address + ".");
    }
}
