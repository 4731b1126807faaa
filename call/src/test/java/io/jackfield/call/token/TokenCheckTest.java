package io.jackfield.call.token;

import static io.jackfield.call.token.Signer.NOW;
import static io.jackfield.call.token.Signer.claims;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A call token (RFC 7515, 7519)")
class TokenCheckTest {
    private static final Map<TokenAlgorithm, Signer> SIGNERS = new EnumMap<>(TokenAlgorithm.class);

    static {
        for (TokenAlgorithm algorithm : TokenAlgorithm.values()) {
            SIGNERS.put(algorithm, Signer.of(algorithm));
        }
    }

    private static final KeyRing KEYS =
            KeyRing.of(SIGNERS.values().stream().map(Signer::key).toList());
    private static final NumberPlan GERMANY = new NumberPlan(Optional.of("49"), "00", "0");
    private static final WantedCall WANTED =
            new WantedCall("anna", "+4930123456", Set.of("spring", "summer"), Signer.AUDIENCE);
    private static final String JTI = "0123456789abcdef";

    private final Signer signer = SIGNERS.get(TokenAlgorithm.ES256);

    private static TokenVerdict check(String token) {
        return check(token, NOW);
    }

    private static TokenVerdict check(String token, Instant now) {
        return TokenCheck.check(token, KEYS, GERMANY, WANTED, now);
    }

    private static TokenVerdict refused(TokenRefusal why) {
        return new TokenVerdict.Refused(why);
    }

    private static boolean valid(TokenVerdict verdict) {
        return verdict instanceof TokenVerdict.Valid;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is taken when it is signed by a known key and says what it must")
    void good(TokenAlgorithm algorithm) {
        Signer any = SIGNERS.get(algorithm);
        assertThat(check(any.token(claims(JTI))))
                .isEqualTo(
                        new TokenVerdict.Valid(
                                any.kid() + " " + JTI,
                                NOW.plusSeconds(90),
                                "spring",
                                "+4930123456"));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is refused when any one bit of its signature or text is another")
    void everyBit(TokenAlgorithm algorithm) {
        String token = SIGNERS.get(algorithm).token(claims(JTI));
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = token.getBytes(StandardCharsets.US_ASCII);
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(7));
            String other = new String(bytes, StandardCharsets.US_ASCII);
            assertThat(valid(check(other))).as(other).isFalse();
        }
    }

    @Nested
    @DisplayName("T31: by its times")
    class Times {
        private TokenVerdict at(long secondsFromNow) {
            return check(signer.token(claims(JTI)), NOW.plusSeconds(secondsFromNow));
        }

        @Test
        @DisplayName("is good from 30 s before iat to 30 s after exp, exactly, 100 on each side")
        void bounds() {
            for (int off = 1; off <= 100; off++) {
                assertThat(at(-30 - off)).isEqualTo(refused(TokenRefusal.NOT_YET_VALID));
                assertThat(valid(at(-31 + Math.min(off, 90)))).isTrue();
                assertThat(valid(at(90 - Math.min(off, 90)))).isTrue();
                assertThat(at(89 + off)).isEqualTo(refused(TokenRefusal.EXPIRED));
            }
        }

        @ParameterizedTest
        @CsvSource({"3600, EXPIRED", "-3600, NOT_YET_VALID"})
        @DisplayName("is refused when the clock has jumped by an hour, and good when it is back")
        void jump(long seconds, TokenRefusal why) {
            assertThat(at(seconds)).isEqualTo(refused(why));
            assertThat(valid(at(0))).isTrue();
        }

        @Test
        @DisplayName("waits for nbf as for iat")
        void notBefore() {
            String token = signer.token(claims(JTI, "nbf", NOW.getEpochSecond() + 50));
            assertThat(check(token, NOW.plusSeconds(19)))
                    .isEqualTo(refused(TokenRefusal.NOT_YET_VALID));
            assertThat(valid(check(token, NOW.plusSeconds(20)))).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"300, true", "301, false", "0, false", "-1, false", "999999999999, false"})
        @DisplayName("lives at most five minutes")
        void life(long seconds, boolean good) {
            Map<String, Object> claims = claims(JTI);
            claims.put("exp", NOW.getEpochSecond() + seconds);
            assertThat(valid(check(signer.token(claims)))).isEqualTo(good);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"1795428000\"",
                    "null",
                    "true",
                    "[]",
                    "1e99",
                    "-5",
                    "99999999999999999999"
                })
        @DisplayName("is refused when a time is none")
        void noTime(String value) {
            for (String name : List.of("iat", "exp", "nbf")) {
                Map<String, Object> claims = claims(JTI);
                claims.put(name, new StringBuilder(value));
                assertThat(valid(check(signer.token(claims)))).as(name).isFalse();
            }
        }

        @Test
        @DisplayName("may name its times with a fraction (RFC 7519 §2)")
        void fraction() {
            Map<String, Object> claims = claims(JTI);
            claims.put("iat", new StringBuilder(NOW.getEpochSecond() + ".25"));
            assertThat(valid(check(signer.token(claims)))).isTrue();
        }

        @Test
        @DisplayName("is refused outside of its key's own times: rotation")
        void rotation() {
            TokenKey key =
                    signer.key(
                            new TokenKey.Validity(
                                    Optional.of(NOW), Optional.of(NOW.plusSeconds(30))));
            KeyRing ring = KeyRing.of(List.of(key));
            String token = signer.token(claims(JTI));
            for (int second : List.of(-1, 0, 29, 30)) {
                TokenVerdict verdict =
                        TokenCheck.check(token, ring, GERMANY, WANTED, NOW.plusSeconds(second));
                assertThat(valid(verdict))
                        .as("at %d", second)
                        .isEqualTo(second == 0 || second == 29);
            }
        }
    }

    @Nested
    @DisplayName("T31: by its parties")
    class Parties {
        @ParameterizedTest
        @CsvSource({
            "iss, other.example, ISSUER",
            "aud, other.example, AUDIENCE",
            "sub, boris, AGENT",
            "sub, Anna, AGENT",
            "cmp, winter, CAMPAIGN",
            "cmp, '', CAMPAIGN",
            "jti, short, CLAIMS"
        })
        @DisplayName("is refused when it names others")
        void others(String name, String value, TokenRefusal why) {
            assertThat(check(signer.token(claims(JTI, name, value)))).isEqualTo(refused(why));
        }

        @ParameterizedTest
        @ValueSource(strings = {"iss", "aud", "sub", "dst", "cmp", "iat", "exp", "jti"})
        @DisplayName("is refused when a claim is missing or of another type")
        void missing(String name) {
            Map<String, Object> without = claims(JTI);
            without.remove(name);
            assertThat(valid(check(signer.token(without)))).isFalse();
            for (String other : List.of("null", "true", "[]", "{}", "[[\"anna\"]]", "{\"a\":1}")) {
                Map<String, Object> wrong = claims(JTI, name, new StringBuilder(other));
                assertThat(valid(check(signer.token(wrong)))).as(other).isFalse();
            }
        }

        @Test
        @DisplayName("may name several audiences (RFC 7519 §4.1.3)")
        void audiences() {
            Map<String, Object> claims = claims(JTI);
            claims.put("aud", new StringBuilder("[\"other.example\",\"pbx.example\"]"));
            assertThat(valid(check(signer.token(claims)))).isTrue();
        }
    }

    @Nested
    @DisplayName("T33: by its number")
    class Numbers {
        private boolean good(String claimed, String dialled) {
            WantedCall wanted = new WantedCall("anna", dialled, Set.of(), Signer.AUDIENCE);
            String token = SIGNERS.get(TokenAlgorithm.HS256).token(claims(JTI, "dst", claimed));
            return valid(TokenCheck.check(token, KEYS, GERMANY, wanted, NOW));
        }

        static List<String> same() {
            List<String> all = new ArrayList<>();
            for (String head :
                    List.of("+49", "+49 ", "0049", "00 49 ", "(+49)", "00-49-", "0", "(0")) {
                String close = head.equals("(0") ? ")" : "";
                for (String tail :
                        List.of(
                                "30123456",
                                "30 123456",
                                "30-12-34-56",
                                "(30) 123 456",
                                "30.123.456")) {
                    all.add(head + close + tail);
                }
            }
            return all;
        }

        /** Numbers that are not +49 30 123456, however they are dressed up. */
        static List<String> others() {
            Random random = new Random(33);
            List<String> tails = new ArrayList<>();
            String digits = "30123456";
            for (int i = 0; i < digits.length(); i++) {
                char changed = (char) ('0' + (digits.charAt(i) - '0' + 1) % 10);
                tails.add(digits.substring(0, i) + changed + digits.substring(i + 1));
                tails.add(digits.substring(0, i) + digits.substring(i + 1));
                tails.add(digits.substring(0, i) + changed + digits.substring(i));
            }
            List<String> all = new ArrayList<>();
            for (String tail : tails) {
                for (String head : List.of("+49", "0049", "0", "+49 (0)", "00 49-", "+4", "+049")) {
                    all.add(head + dressed(tail, random));
                }
            }
            for (String dress :
                    List.of(
                            "%s;ext=1",
                            "%s,1",
                            "%sp1",
                            "%s*",
                            "%s#",
                            "\u200b%s",
                            "%s\u202e",
                            "+%s",
                            "%s%%00",
                            "sip:%s",
                            "tel:%s",
                            "%s@x",
                            "%s;phone-context=+1",
                            "'%s",
                            "%s\n",
                            "%s\t",
                            "\u00a0%s",
                            "%s x",
                            "x%s",
                            "%s/",
                            "%s%%20")) {
                all.add(dress.formatted("+4930123456"));
            }
            for (int zero : new int[] {0x0660, 0x06f0, 0x0966, 0xff10, 0x1d7ce, 0x2070, 0x2460}) {
                StringBuilder foreign = new StringBuilder("+49");
                digits.chars().forEach(c -> foreign.appendCodePoint(zero + c - '0'));
                all.add(foreign.toString());
                all.add("\uff0b4930123456");
                all.add("+4930" + Character.toString(zero + 1) + "23456");
            }
            for (int i = 0; all.size() < 560; i++) {
                all.add("+49" + dressed(String.valueOf(30_123_457L + i * 7919L), random));
            }
            all.addAll(
                    List.of(
                            "",
                            " ",
                            "+",
                            "00",
                            "0",
                            "4930123456",
                            "30123456",
                            "123456",
                            "+" + "4".repeat(64),
                            "9".repeat(5000),
                            "110",
                            "112",
                            "+0049 30123456",
                            "0000493012345 6",
                            "++4930123456",
                            "+49+30123456",
                            "049 30123456"));
            return all;
        }

        private static String dressed(String digits, Random random) {
            StringBuilder out = new StringBuilder();
            digits.chars()
                    .forEach(c -> {
                        out.append((char) c);
                        if (random.nextInt(4) == 0) {
                            out.append("-.() ".charAt(random.nextInt(5)));
                        }
                    });
            return out.toString();
        }

        @Test
        @DisplayName("opens every spelling of that number")
        void spellings() {
            for (String one : same()) {
                assertThat(good("+4930123456", one)).as("dialled %s", one).isTrue();
                assertThat(good(one, "+4930123456")).as("claimed %s", one).isTrue();
            }
        }

        @Test
        @DisplayName("opens none of 500 spellings of others")
        void strangers() {
            List<String> all = others().stream().distinct().toList();
            assertThat(all).hasSizeGreaterThan(500);
            for (String one : all) {
                assertThat(good("+4930123456", one)).as("dialled %s", one).isFalse();
            }
        }

        @Test
        @DisplayName("a number that is none opens nothing, not even itself")
        void none() {
            for (String one :
                    List.of(
                            "",
                            "112",
                            "*21#",
                            "anna",
                            "+49301234567890123",
                            "+\u0664\u06693012345")) {
                assertThat(good(one, one)).as(one).isFalse();
            }
        }

        @ParameterizedTest
        @CsvSource({
            "7, 810, 8, 84951234567, +74951234567",
            "7, 810, 8, 810493012345, +493012345",
            "1, 011, 1, 14155550100, +14155550100",
            "34, 00, '', 912345678, +34912345678",
            "34, 00, '', 00493012345, +493012345"
        })
        @DisplayName("is written as the country writes it")
        void plans(String country, String abroad, String trunk, String written, String normal) {
            NumberPlan plan = new NumberPlan(Optional.of(country), abroad, trunk);
            assertThat(plan.normal(written)).contains(normal);
        }
    }

    @Nested
    @DisplayName("T34: by its algorithm and key")
    class Algorithms {
        private final Signer rsa = SIGNERS.get(TokenAlgorithm.RS256);
        private final Signer ed = SIGNERS.get(TokenAlgorithm.EDDSA);

        private String with(Signer by, String name, Object value) {
            Map<String, Object> header = by.header();
            header.put(name, value);
            return by.token(header, claims(JTI));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "none", "None", "nOnE", "NONE", "", " ", "HS256", "RS256", "EdDSA", "es256",
                    "ES256 ", "ES384", "ES512", "PS256", "HS512", "RS512", "dir", "A128KW",
                    "Ed25519"
                })
        @DisplayName("is refused when alg is not its key's, signed or unsigned")
        void otherAlgorithm(String alg) {
            String token = with(signer, "alg", alg);
            assertThat(check(token)).isEqualTo(refused(TokenRefusal.ALGORITHM));
            String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
            assertThat(check(unsigned)).isEqualTo(refused(TokenRefusal.ALGORITHM));
            assertThat(valid(check(unsigned.substring(0, unsigned.length() - 1)))).isFalse();
        }

        @Test
        @DisplayName("is refused without a signature")
        void empty() {
            for (Signer any : SIGNERS.values()) {
                String token = any.token(claims(JTI));
                String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
                assertThat(check(unsigned)).isEqualTo(refused(TokenRefusal.SIGNATURE));
            }
        }

        @Test
        @DisplayName("is refused when HS256 was made with a public key for a secret")
        void confusion() {
            for (Signer any : List.of(rsa, signer, ed)) {
                byte[] der = any.publicKey().getEncoded();
                String pem =
                        "-----BEGIN PUBLIC KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                                + "\n-----END PUBLIC KEY-----";
                for (byte[] secret :
                        List.of(
                                der,
                                pem.getBytes(StandardCharsets.US_ASCII),
                                (pem + "\n").getBytes(StandardCharsets.US_ASCII))) {
                    for (String alg : List.of("HS256", any.header().get("alg").toString())) {
                        Map<String, Object> header = any.header();
                        header.put("alg", alg);
                        String input =
                                Signer.encode(Signer.json(header))
                                        + "."
                                        + Signer.encode(Signer.json(claims(JTI)));
                        byte[] mac = Signer.mac(secret, input.getBytes(StandardCharsets.US_ASCII));
                        assertThat(valid(check(input + "." + Signer.encode(mac)))).isFalse();
                    }
                }
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "../../../../dev/null", "' OR 1=1 --", "key-ES256\\u0000", "key-es256", "",
                    "key-ES256 ", "http://evil.example/key", "a\\nb", "%s%s%n",
                            "key-ES256,key-HS256"
                })
        @DisplayName("is refused when no key has that very id")
        void kid(String kid) {
            assertThat(check(with(signer, "kid", kid)))
                    .isEqualTo(refused(TokenRefusal.KEY_UNKNOWN));
        }

        @ParameterizedTest
        @ValueSource(strings = {"1", "null", "[\"key-ES256\"]", "{}"})
        @DisplayName("is refused when its key id is no text, or not there")
        void noKid(String kid) {
            assertThat(check(with(signer, "kid", new StringBuilder(kid))))
                    .isEqualTo(refused(TokenRefusal.KEY_UNKNOWN));
            Map<String, Object> header = signer.header();
            header.remove("kid");
            assertThat(check(signer.token(header, claims(JTI))))
                    .isEqualTo(refused(TokenRefusal.KEY_UNKNOWN));
        }

        @Test
        @DisplayName("is not read with the key it brings along (jwk, jku, x5u, x5c)")
        void embedded() {
            Signer thief = Signer.of(TokenAlgorithm.EDDSA);
            String x = Signer.encode(raw(thief.publicKey()));
            String jwk =
                    "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"key-EdDSA\",\"x\":\""
                            + x
                            + "\"}";
            for (Map.Entry<String, Object> lure :
                    Map.<String, Object>of(
                                    "jwk",
                                    new StringBuilder(jwk),
                                    "jku",
                                    "https://thief.example/keys",
                                    "x5u",
                                    "https://thief.example/chain.pem",
                                    "x5c",
                                    new StringBuilder("[\"MIIB\"]"))
                            .entrySet()) {
                assertThat(check(with(thief, lure.getKey(), lure.getValue())))
                        .isEqualTo(refused(TokenRefusal.SIGNATURE));
            }
        }

        @ParameterizedTest
        @CsvSource({
            "crit, [\"b64\"]", "crit, []", "crit, [\"exp\"]", "b64, false", "b64, true",
            "cty, \"JWT\"", "zip, \"DEF\"", "enc, \"A128GCM\"", "typ, \"JWE\"", "typ, 1"
        })
        @DisplayName("is refused with a header that changes the meaning of the rest")
        void critical(String name, String value) {
            assertThat(check(with(signer, name, new StringBuilder(value))))
                    .isEqualTo(refused(TokenRefusal.MALFORMED));
        }

        @Test
        @DisplayName("is refused with two algorithms, or any claim twice")
        void duplicates() {
            String header = "{\"alg\":\"none\",\"alg\":\"ES256\",\"kid\":\"key-ES256\"}";
            assertThat(check(signer.token(header, Signer.json(claims(JTI)))))
                    .isEqualTo(refused(TokenRefusal.MALFORMED));
            String claims = Signer.json(claims(JTI)).replace("{", "{\"sub\":\"anna\",");
            assertThat(check(signer.token(Signer.json(signer.header()), claims)))
                    .isEqualTo(refused(TokenRefusal.MALFORMED));
            String escaped = Signer.json(claims(JTI)).replace("{", "{\"s\\u0075b\":\"boris\",");
            assertThat(check(signer.token(Signer.json(signer.header()), escaped)))
                    .isEqualTo(refused(TokenRefusal.MALFORMED));
        }

        @Test
        @DisplayName("ES256 with r or s of zero, or beyond the order, is refused (CVE-2022-21449)")
        void psychic() {
            BigInteger order =
                    new BigInteger(
                            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
            String token = signer.token(claims(JTI));
            String input = token.substring(0, token.lastIndexOf('.') + 1);
            byte[] good = Base64.getUrlDecoder().decode(token.substring(input.length()));
            List<BigInteger> bad =
                    List.of(
                            BigInteger.ZERO,
                            order,
                            order.add(BigInteger.ONE),
                            BigInteger.TWO.pow(256).subtract(BigInteger.ONE));
            for (BigInteger r : bad) {
                for (BigInteger s : bad) {
                    assertThat(check(input + half(r) + half(s).substring(0)))
                            .isInstanceOf(TokenVerdict.Refused.class);
                    byte[] both = new byte[64];
                    System.arraycopy(bytes(r), 0, both, 0, 32);
                    System.arraycopy(bytes(s), 0, both, 32, 32);
                    assertThat(check(input + Signer.encode(both)))
                            .isEqualTo(refused(TokenRefusal.SIGNATURE));
                    assertThat(KeyRules.inP256(both)).isFalse();
                }
                byte[] mixed = good.clone();
                System.arraycopy(bytes(r), 0, mixed, 32, 32);
                assertThat(check(input + Signer.encode(mixed)))
                        .isEqualTo(refused(TokenRefusal.SIGNATURE));
            }
        }

        private static String half(BigInteger number) {
            return Signer.encode(number, 32);
        }

        private static byte[] bytes(BigInteger number) {
            return Base64.getUrlDecoder().decode(half(number));
        }

        @Test
        @DisplayName("ES256 in DER is refused (RFC 7518 §3.4)")
        void der() throws GeneralSecurityException {
            KeyPair pair = Signer.ec("secp256r1");
            TokenKey key =
                    TokenKey.asymmetric(
                            "k",
                            TokenAlgorithm.ES256,
                            pair.getPublic(),
                            TokenKey.Validity.ALWAYS,
                            Optional.empty());
            byte[] input = {1, 2, 3};
            var der = java.security.Signature.getInstance("SHA256withECDSA");
            der.initSign(pair.getPrivate());
            der.update(input);
            assertThat(key.hasSigned(input, der.sign())).isFalse();
        }

        @Test
        @DisplayName("EdDSA with S beyond the order is refused (RFC 8032 §5.1.7)")
        void malleable() {
            BigInteger order =
                    BigInteger.TWO
                            .pow(252)
                            .add(new BigInteger("14def9dea2f79cd65812631a5cf5d3ed", 16));
            byte[] input = "x".getBytes(StandardCharsets.US_ASCII);
            byte[] signature = ed.sign(input);
            assertThat(ed.key().hasSigned(input, signature)).isTrue();
            BigInteger s = new BigInteger(1, reversed(Arrays.copyOfRange(signature, 32, 64)));
            byte[] other = signature.clone();
            byte[] more = reversed(bytes(s.add(order)));
            System.arraycopy(more, 0, other, 32, 32);
            assertThat(KeyRules.inEd25519(signature)).isTrue();
            assertThat(KeyRules.inEd25519(other)).isFalse();
            assertThat(ed.key().hasSigned(input, other)).isFalse();
        }

        @Test
        @DisplayName("a point of small order is no key: anybody could sign for it")
        void smallOrder() throws GeneralSecurityException {
            for (String y :
                    List.of(
                            "00",
                            "01",
                            "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
                            "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
                            "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826")) {
                for (boolean odd : new boolean[] {false, true}) {
                    PublicKey key =
                            KeyFactory.getInstance("EdDSA")
                                    .generatePublic(
                                            new EdECPublicKeySpec(
                                                    NamedParameterSpec.ED25519,
                                                    new EdECPoint(odd, new BigInteger(y, 16))));
                    assertThatThrownBy(() -> key(TokenAlgorithm.EDDSA, key))
                            .isInstanceOf(UnusableKey.class);
                }
            }
        }

        @Test
        @DisplayName("a key of another kind, curve or length is no key")
        void weakKeys() throws GeneralSecurityException {
            PublicKey weak = Signer.pair("RSA", 1024).getPublic();
            assertThatThrownBy(() -> key(TokenAlgorithm.RS256, weak)).hasMessageContaining("2048");
            BigInteger modulus = ((RSAPublicKey) rsa.publicKey()).getModulus();
            for (long exponent : new long[] {3, 65_536}) {
                PublicKey odd =
                        KeyFactory.getInstance("RSA")
                                .generatePublic(
                                        new RSAPublicKeySpec(
                                                modulus, BigInteger.valueOf(exponent)));
                assertThatThrownBy(() -> key(TokenAlgorithm.RS256, odd))
                        .hasMessageContaining("exponent");
            }
            for (String curve : List.of("secp384r1", "secp521r1")) {
                PublicKey other = Signer.ec(curve).getPublic();
                assertThatThrownBy(() -> key(TokenAlgorithm.ES256, other))
                        .hasMessageContaining("P-256");
            }
            PublicKey ed448 = Signer.pair("Ed448", 0).getPublic();
            assertThatThrownBy(() -> key(TokenAlgorithm.EDDSA, ed448))
                    .hasMessageContaining("Ed25519");
            assertThatThrownBy(() -> key(TokenAlgorithm.ES256, rsa.publicKey()))
                    .isInstanceOf(UnusableKey.class);
            assertThatThrownBy(() -> key(TokenAlgorithm.HS256, rsa.publicKey()))
                    .isInstanceOf(UnusableKey.class);
            assertThatThrownBy(() ->
                            TokenKey.shared(
                                    "k", new byte[31], TokenKey.Validity.ALWAYS, Optional.empty()))
                    .hasMessageContaining("256 bits");
        }

        @Test
        @DisplayName("a point of P-256 with a generator of its own is no key (CVE-2020-0601)")
        void generator() {
            ECPublicKey good = (ECPublicKey) signer.publicKey();
            ECParameterSpec own =
                    new ECParameterSpec(
                            good.getParams().getCurve(),
                            good.getW(),
                            good.getParams().getOrder(),
                            1);
            PublicKey curveball = new KeyOf(good.getW(), own);
            assertThatThrownBy(() -> key(TokenAlgorithm.ES256, curveball))
                    .hasMessageContaining("P-256");
            PublicKey beside =
                    new KeyOf(new ECPoint(BigInteger.TWO, BigInteger.TWO), good.getParams());
            assertThatThrownBy(() -> key(TokenAlgorithm.ES256, beside))
                    .hasMessageContaining("P-256");
        }

        /** A key as a careless provider might hand it over. */
        private record KeyOf(ECPoint w, ECParameterSpec params) implements ECPublicKey {
            @Override
            public ECPoint getW() {
                return w;
            }

            @Override
            public ECParameterSpec getParams() {
                return params;
            }

            @Override
            public String getAlgorithm() {
                return "EC";
            }

            @Override
            public String getFormat() {
                return "X.509";
            }

            @Override
            public byte[] getEncoded() {
                return new byte[0];
            }
        }

        private TokenKey key(TokenAlgorithm algorithm, PublicKey key) {
            return TokenKey.asymmetric(
                    "k", algorithm, key, TokenKey.Validity.ALWAYS, Optional.empty());
        }

        private static byte[] raw(PublicKey ed25519) {
            byte[] der = ed25519.getEncoded();
            return Arrays.copyOfRange(der, der.length - 32, der.length);
        }

        private static byte[] reversed(byte[] bytes) {
            byte[] out = new byte[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                out[i] = bytes[bytes.length - 1 - i];
            }
            return out;
        }
    }

    @Nested
    @DisplayName("T23, T34: by its form")
    class Form {
        @ParameterizedTest
        @MethodSource("malformed")
        @DisplayName("is refused when it is none")
        void none(String text) {
            assertThat(check(text)).isInstanceOf(TokenVerdict.Refused.class);
        }

        static List<String> malformed() {
            Signer any = SIGNERS.get(TokenAlgorithm.HS256);
            String good = any.token(claims(JTI));
            String input = good.substring(0, good.lastIndexOf('.'));
            List<String> all =
                    new ArrayList<>(
                            List.of(
                                    "",
                                    ".",
                                    "..",
                                    "...",
                                    "a.b.c",
                                    "\u0000",
                                    good + ".",
                                    "." + good,
                                    good + "=",
                                    good + " ",
                                    " " + good,
                                    good.replace(".", ".."),
                                    good + ".e30",
                                    input,
                                    good.replace('.', ','),
                                    good + "\n"));
            for (String json :
                    List.of(
                            "",
                            "null",
                            "[]",
                            "{",
                            "{}x",
                            "{a:1}",
                            "{'a':1}",
                            "{\"a\":01}",
                            "{\"a\":1,}",
                            "{\"a\":NaN}",
                            "{\"a\":\"\u0001\"}",
                            "{\"a\":\"\\ud800\"}",
                            "{\"a\":tru}",
                            "{\"a\":" + "[".repeat(1000) + "]".repeat(1000) + "}",
                            "\ufeff{}",
                            "{\"a\":1e}",
                            "{\"a\":.5}",
                            "{\"a\":-}",
                            "{\"a\":\"\\x\"}",
                            "{\"a\":\"\\u00g0\"}")) {
                all.add(any.token(json, Signer.json(claims(JTI))));
                all.add(any.token(Signer.json(any.header()), json));
            }
            return all;
        }

        @Test
        @DisplayName("has one spelling: padding and stray bits are refused")
        void canonical() {
            Signer any = SIGNERS.get(TokenAlgorithm.HS256);
            String good = any.token(claims(JTI));
            char last = good.charAt(good.length() - 1);
            String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            for (char other : letters.toCharArray()) {
                boolean same = other == last;
                String token = good.substring(0, good.length() - 1) + other;
                assertThat(valid(check(token))).isEqualTo(same);
            }
        }

        @Test
        @DisplayName("is refused unread when it is longer than 4,096 characters, be it 1 MiB")
        void oversize() {
            String padded = signer.token(claims(JTI, "more", "x".repeat(4_096)));
            assertThat(check(padded)).isEqualTo(refused(TokenRefusal.TOO_LONG));
            assertThat(check("e30.".repeat(262_144))).isEqualTo(refused(TokenRefusal.TOO_LONG));
        }

        @Test
        @DisplayName("10,000 hostile ones: none is taken, none makes this throw (seed 34)")
        void fuzz() {
            Random random = new Random(34);
            List<Signer> signers = List.copyOf(SIGNERS.values());
            int taken = 0;
            for (int i = 0; i < 10_000; i++) {
                Signer any = signers.get(random.nextInt(signers.size()));
                String good = any.token(claims(JTI + i));
                String hostile = mutated(good, random);
                if (!hostile.equals(good) && valid(check(hostile))) {
                    taken++;
                }
            }
            assertThat(taken).isZero();
        }

        private static String mutated(String good, Random random) {
            StringBuilder out = new StringBuilder(good);
            for (int n = 1 + random.nextInt(4); n > 0 && !out.isEmpty(); n--) {
                int at = random.nextInt(out.length());
                switch (random.nextInt(6)) {
                    case 0 -> out.setCharAt(at, (char) random.nextInt(0x250));
                    case 1 -> out.deleteCharAt(at);
                    case 2 -> out.insert(at, (char) (33 + random.nextInt(94)));
                    case 3 -> out.setLength(at);
                    case 4 -> out.insert(at, out.substring(random.nextInt(out.length())));
                    default -> swap(out, at, random.nextInt(out.length()));
                }
            }
            return out.toString();
        }

        private static void swap(StringBuilder text, int one, int other) {
            char c = text.charAt(one);
            text.setCharAt(one, text.charAt(other));
            text.setCharAt(other, c);
        }

        @Test
        @DisplayName("random JSON inside a good signature makes nothing throw (seed 35)")
        void signedNonsense() {
            Random random = new Random(35);
            Signer any = SIGNERS.get(TokenAlgorithm.HS256);
            for (int i = 0; i < 10_000; i++) {
                String claims = mutated(Signer.json(claims(JTI)), random);
                assertThat(check(any.token(Signer.json(any.header()), claims))).isNotNull();
                assertThat(check(any.token(mutated(Signer.json(any.header()), random), claims)))
                        .isNotNull();
            }
        }
    }

    @Nested
    @DisplayName("A key set (RFC 7517)")
    class Sets {
        private String ed(String kid, String more) {
            byte[] der = SIGNERS.get(TokenAlgorithm.EDDSA).publicKey().getEncoded();
            String x = Signer.encode(Arrays.copyOfRange(der, der.length - 32, der.length));
            return "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\""
                    + kid
                    + "\",\"x\":\""
                    + x
                    + "\""
                    + more
                    + "}";
        }

        @Test
        @DisplayName("gives its signing keys, each bound to the algorithm of its kind")
        void read() {
            RSAPublicKey rsa = (RSAPublicKey) SIGNERS.get(TokenAlgorithm.RS256).publicKey();
            var ec = (ECPublicKey) signer.publicKey();
            String set =
                    "{\"keys\":["
                            + ed("key-EdDSA", "")
                            + ",{\"kty\":\"RSA\",\"kid\":\"key-RS256\",\"alg\":\"RS256\",\"e\":\"AQAB\",\"n\":\""
                            + Signer.encode(rsa.getModulus(), 256)
                            + "\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"key-ES256\",\"use\":\"sig\",\"x\":\""
                            + Signer.encode(ec.getW().getAffineX(), 32)
                            + "\",\"y\":\""
                            + Signer.encode(ec.getW().getAffineY(), 32)
                            + "\"}]}";
            List<TokenKey> keys = KeySet.read(set, Optional.empty()).orElseThrow();
            assertThat(keys).hasSize(3);
            for (TokenKey key : keys) {
                Signer any = SIGNERS.get(key.algorithm());
                TokenVerdict verdict =
                        TokenCheck.check(
                                any.token(claims(JTI)), KeyRing.of(keys), GERMANY, WANTED, NOW);
                assertThat(valid(verdict)).isTrue();
            }
        }

        @Test
        @DisplayName("leaves out what cannot sign: secrets, other uses, curves and algorithms")
        void leftOut() {
            String set =
                    "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\""
                            + "A".repeat(64)
                            + "\"},"
                            + ed("b", ",\"use\":\"enc\"")
                            + ","
                            + ed("c", ",\"alg\":\"HS256\"")
                            + ","
                            + ed("../d", "")
                            + ","
                            + "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"e\",\"x\":\""
                            + Signer.encode(new byte[32])
                            + "\",\"y\":\""
                            + Signer.encode(new byte[32])
                            + "\"},7,"
                            + ed("good", "")
                            + "]}";
            assertThat(KeySet.read(set, Optional.empty()).orElseThrow())
                    .extracting(TokenKey::kid)
                    .containsExactly("good");
        }

        @Test
        @DisplayName("is refused as a whole when it is none, too large, or has an id twice")
        void refusedSets() {
            String many = String.join(",", java.util.Collections.nCopies(33, "{}"));
            for (String text :
                    List.of(
                            "",
                            "[]",
                            "{}",
                            "{\"keys\":{}}",
                            "{\"keys\":" + "[".repeat(60_000),
                            "{\"keys\":[" + many + "]}",
                            "{\"keys\":[" + ed("a", "") + "," + ed("a", "") + "]}")) {
                assertThat(KeySet.read(text, Optional.empty()))
                        .as("a set of %d", text.length())
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("shows nothing of itself or of its key in any text")
    void silent() {
        Signer any = SIGNERS.get(TokenAlgorithm.HS256);
        Map<String, Object> texts = new LinkedHashMap<>();
        texts.put("key", any.key());
        texts.put("verdict", check(any.token(claims(JTI))));
        texts.put("parsed", SignedToken.read(any.token(claims(JTI))).orElseThrow());
        assertThat(texts.toString()).doesNotContain(JTI).doesNotContain("0123456789abcdef01");
        assertThat(Duration.ofMinutes(5)).isEqualTo(TokenCheck.LIFE_MAX);
    }
}
