package io.jackfield.server;

import io.jackfield.call.token.KeyRing;
import io.jackfield.call.token.TokenAlgorithm;
import io.jackfield.call.token.TokenCheck;
import io.jackfield.call.token.TokenRules;
import io.jackfield.call.token.TokenVerdict;
import io.jackfield.call.token.UnusableKey;
import io.jackfield.call.token.WantedCall;
import io.jackfield.server.config.Configuration;
import io.jackfield.server.config.ConfigurationException;
import io.jackfield.server.config.ConfigurationLoader;
import io.jackfield.server.config.SiteLoader;
import io.jackfield.server.token.FetchedKeys;
import io.jackfield.server.token.TokenSigner;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code jackfield token}: makes call tokens to try things with, and says what is wrong with one.
 */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = "Makes and checks call tokens.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenCommand.Make.class, TokenCommand.Check.class})
final class TokenCommand {
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    private TokenCommand() {}

    @Command(
            name = "make",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Signs a call token, as a CRM does, and prints it. For trials: a CRM keeps its key",
                "to itself."
            })
    static final class Make implements Callable<Integer> {
        private static final int JTI_BYTES = 16;

        @Option(
                names = "--key",
                required = true,
                paramLabel = "FILE",
                description = "Private key (PKCS #8 PEM), for HS256 the secret in base64url.")
        private Path key = Path.of("key.pem");

        @Option(names = "--kid", required = true, description = "The key's id in the site.")
        private String kid = "";

        @Option(
                names = "--algorithm",
                defaultValue = "EdDSA",
                description = "EdDSA (default), ES256, RS256 or HS256.")
        private String algorithm = "";

        @Option(names = "--agent", required = true, description = "Who may dial: sub.")
        private String agent = "";

        @Option(names = "--number", required = true, description = "What may be dialled: dst.")
        private String number = "";

        @Option(names = "--campaign", required = true, description = "For what: cmp.")
        private String campaign = "";

        @Option(
                names = "--audience",
                required = true,
                description = "The PBX: tokens.audience, else its realm.")
        private String audience = "";

        @Option(names = "--issuer", description = "The CRM: iss.")
        private String issuer = "";

        @Option(
                names = "--life",
                defaultValue = "60",
                paramLabel = "SECONDS",
                description = "For how long, at most 300 (default: ${DEFAULT-VALUE}).")
        private int lifeSeconds;

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            PrintWriter err = spec.commandLine().getErr();
            try {
                TokenAlgorithm signed =
                        TokenAlgorithm.of(algorithm)
                                .orElseThrow(() -> new UnusableKey("algorithm " + algorithm));
                String token =
                        TokenSigner.read(signed, Files.readString(key))
                                .sign(header(signed), claims());
                spec.commandLine().getOut().println(token);
                return 0;
            } catch (UnusableKey unfit) {
                err.println("The key cannot be used: " + unfit.getMessage());
                return WRONG;
            } catch (IOException unreadable) {
                err.println("The key cannot be read: " + unreadable.getMessage());
                return WRONG;
            }
        }

        private Map<String, Object> header(TokenAlgorithm signed) {
            Map<String, Object> header = new LinkedHashMap<>();
            header.put("alg", signed.jwsName());
            header.put("typ", "JWT");
            header.put("kid", kid);
            return header;
        }

        private Map<String, Object> claims() {
            byte[] random = new byte[JTI_BYTES];
            new SecureRandom().nextBytes(random);
            long now = Instant.now().getEpochSecond();
            Map<String, Object> claims = new LinkedHashMap<>();
            if (!issuer.isEmpty()) {
                claims.put("iss", issuer);
            }
            claims.put("aud", audience);
            claims.put("sub", agent);
            claims.put("dst", number);
            claims.put("cmp", campaign);
            claims.put("iat", now);
            claims.put("exp", now + lifeSeconds);
            claims.put("jti", HexFormat.of().formatHex(random));
            return claims;
        }
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            sortOptions = false,
            description = {
                "Says whether a call token is good for a call now, by the site's keys. It is not",
                "used up. Keys that are not in the site are looked for in its sets on the web.",
                "Exit code 0: good, 1: not good."
            })
    static final class Check implements Callable<Integer> {
        private static final int TOKEN_MAX_BYTES = 65_536;

        @Option(
                names = "--config",
                required = true,
                paramLabel = "FILE",
                description = "jackfield.yaml of the PBX.")
        private Path config = Path.of("jackfield.yaml");

        @Option(names = "--agent", required = true, description = "Who dials.")
        private String agent = "";

        @Option(names = "--number", required = true, description = "What the trunk would be told.")
        private String number = "";

        @Option(
                names = "--campaign",
                description = "The only campaign of the route, if it has one.")
        private String campaign = "";

        @Option(names = "--json", description = "For programs.")
        private boolean json;

        @Parameters(
                defaultValue = "-",
                paramLabel = "TOKEN",
                description = "The token; - (default) reads it, so that no shell remembers it.")
        private String token = "-";

        @Spec private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            try {
                Configuration configuration =
                        ConfigurationLoader.serve(config, System.getenv(), Set.<InetAddress>of());
                TokenRules rules =
                        SiteLoader.load(configuration.site().orElseThrow(), configuration.realm())
                                .calls()
                                .tokens();
                return tell(check(rules, text()));
            } catch (ConfigurationException wrong) {
                spec.commandLine().getErr().println(wrong.getMessage());
                return WRONG;
            } catch (IOException unreadable) {
                spec.commandLine().getErr().println(unreadable.getMessage());
                return WRONG;
            }
        }

        private String text() throws IOException {
            if (!token.equals("-")) {
                return token;
            }
            InputStream in = System.in;
            return new String(in.readNBytes(TOKEN_MAX_BYTES), StandardCharsets.UTF_8).strip();
        }

        private TokenVerdict check(TokenRules rules, String text) {
            KeyRing keys = KeyRing.of(rules.keys());
            for (var source : rules.sets()) {
                keys = keys.orElse(kid -> FetchedKeys.once(source).find(kid));
            }
            Set<String> campaigns = campaign.isEmpty() ? Set.of() : Set.of(campaign);
            WantedCall wanted = new WantedCall(agent, number, campaigns, rules.audience());
            return TokenCheck.check(text, keys, rules.plan(), wanted, Instant.now());
        }

        private int tell(TokenVerdict verdict) {
            PrintWriter out = spec.commandLine().getOut();
            switch (verdict) {
                case TokenVerdict.Valid _ ->
                        out.println(json ? "{\"good\":true}" : "The call token is good.");
                case TokenVerdict.Refused(var why) ->
                        out.println(
                                json
                                        ? "{\"good\":false,\"reason\":\"" + why.code() + "\"}"
                                        : why.words() + " (" + why.code() + ").");
            }
            return verdict instanceof TokenVerdict.Valid ? 0 : FAILED;
        }
    }
}
