package io.linkspan.interop;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

/** Spring Authorization Server on a free port: PKCE wanted, refresh tokens rotate, no {@code iss} in callbacks. */
final class SpringServer implements ForeignServer {
    private final ConfigurableApplicationContext context;
    private final String base;

    SpringServer() {
        SpringApplication application = new SpringApplication(App.class);
        application.setDefaultProperties(Map.of(
                "server.port", "0",
                "server.address", "127.0.0.1",
                "spring.main.banner-mode", "off"));
        context = application.run();
        base = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    @Override
    public StandardAdapter.Profile profile() {
        return new StandardAdapter.Profile(
                URI.create(base + "/oauth2/authorize"),
                URI.create(base + "/oauth2/token"),
                URI.create(base + "/userinfo"),
                URI.create(base + "/oauth2/revoke"),
                "",
                CLIENT,
                SECRET,
                REDIRECT);
    }

    @Override
    public boolean killsFamily() {
        return false;
    }

    @Override
    public void close() {
        context.close();
    }

    /** The server's configuration. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class App {
        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(RegisteredClient.withId("1")
                    .clientId(CLIENT)
                    .clientSecret("{noop}" + SECRET)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .redirectUri(REDIRECT)
                    .scope("openid")
                    .clientSettings(ClientSettings.builder()
                            .requireProofKey(true)
                            .requireAuthorizationConsent(false)
                            .build())
                    .tokenSettings(TokenSettings.builder()
                            .reuseRefreshTokens(false)
                            .accessTokenTimeToLive(Duration.ofHours(1))
                            .refreshTokenTimeToLive(Duration.ofDays(30))
                            .build())
                    .build());
        }

        @Bean
        UserDetailsService people() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("mira")
                            .password("{noop}secret")
                            .roles("USER")
                            .build(),
                    User.withUsername("noor")
                            .password("{noop}secret")
                            .roles("USER")
                            .build());
        }
    }
}
