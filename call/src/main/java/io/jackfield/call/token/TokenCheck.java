package io.jackfield.call.token;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a token is good for a call. Pure; any thread. Whatever the text is, the answer is a
 * verdict and never an exception.
 *
 * <p>Looked at in this order: form, key, signature, and only then what it says: an unsigned claim
 * decides nothing.
 */
public final class TokenCheck {
    /** By how much the clocks of CRM and PBX may differ (threat T31). */
    public static final Duration SKEW = Duration.ofSeconds(30);

    /** The longest time from {@code iat} to {@code exp}. */
    public static final Duration LIFE_MAX = Duration.ofMinutes(5);

    private static final int JTI_MIN = 8;
    private static final int JTI_MAX = 128;
    private static final int CAMPAIGN_MAX = 64;

    /** A NumericDate (RFC 7519 §2); beyond 15 digits lies no time of ours. */
    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,12})(?:\\.[0-9]{1,9})?");

    private TokenCheck() {}

    /** The times a token names, in seconds since 1970. */
    private record Times(long issuedAt, long expires, OptionalLong notBefore) {}

    /**
     * Judges a token.
     *
     * @param token as it came; anything at all
     * @param plan by which its number and the wanted one are compared
     * @param now by the wall clock
     */
    public static TokenVerdict check(
            String token, KeyRing keys, NumberPlan plan, WantedCall wanted, Instant now) {
        if (token.length() > SignedToken.LENGTH_MAX) {
            return refused(TokenRefusal.TOO_LONG);
        }
        Optional<SignedToken> read = SignedToken.read(token);
        if (read.isEmpty() || !plainJwt(read.get().header())) {
            return refused(TokenRefusal.MALFORMED);
        }
        SignedToken signed = read.get();
        Optional<String> kid = signed.header().text("kid").filter(TokenKey::isKid);
        Optional<TokenKey> key = kid.flatMap(keys::find);
        if (key.isEmpty()) {
            return refused(TokenRefusal.KEY_UNKNOWN);
        }
        return signature(signed, key.get(), now)
                .or(() -> times(signed.claims(), now))
                .or(() -> parties(signed.claims(), key.get(), wanted))
                .or(() -> call(signed.claims(), plan, wanted))
                .<TokenVerdict>map(TokenVerdict.Refused::new)
                .orElseGet(() -> valid(signed.claims(), key.get(), plan));
    }

    private static TokenVerdict refused(TokenRefusal why) {
        return new TokenVerdict.Refused(why);
    }

    /**
     * Header parameters that change the meaning of the rest are refused: {@code crit} names such as
     * a reader must understand (RFC 7515 §4.1.11), and we understand none; {@code b64} (RFC 7797);
     * {@code cty} and {@code zip} stand for something else inside. {@code jwk}, {@code jku}, {@code
     * x5c} and {@code x5u} would bring a key along: nobody reads them.
     */
    private static boolean plainJwt(Json.Members header) {
        boolean plain = List.of("crit", "b64", "cty", "zip", "enc").stream().noneMatch(header::has);
        boolean jwt =
                !header.has("typ")
                        || header.text("typ").filter("JWT"::equalsIgnoreCase).isPresent();
        return plain && jwt;
    }

    private static Optional<TokenRefusal> signature(SignedToken token, TokenKey key, Instant now) {
        if (token.header().text("alg").filter(key.algorithm().jwsName()::equals).isEmpty()) {
            return Optional.of(TokenRefusal.ALGORITHM);
        }
        if (!key.validity().covers(now)) {
            return Optional.of(TokenRefusal.KEY_NOT_IN_FORCE);
        }
        return token.isSignedBy(key) ? Optional.empty() : Optional.of(TokenRefusal.SIGNATURE);
    }

    // ---- when

    private static Optional<TokenRefusal> times(Json.Members claims, Instant now) {
        OptionalLong issuedAt = seconds(claims, "iat");
        OptionalLong expires = seconds(claims, "exp");
        OptionalLong notBefore = seconds(claims, "nbf");
        if (issuedAt.isEmpty() || expires.isEmpty() || notBefore.isEmpty() && claims.has("nbf")) {
            return Optional.of(TokenRefusal.CLAIMS);
        }
        return times(new Times(issuedAt.getAsLong(), expires.getAsLong(), notBefore), now);
    }

    private static Optional<TokenRefusal> times(Times times, Instant now) {
        long life = times.expires() - times.issuedAt();
        if (life <= 0 || life > LIFE_MAX.toSeconds()) {
            return Optional.of(TokenRefusal.LIFE_TOO_LONG);
        }
        Instant first =
                Instant.ofEpochSecond(Math.max(times.issuedAt(), times.notBefore().orElse(0)))
                        .minus(SKEW);
        if (now.isBefore(first)) {
            return Optional.of(TokenRefusal.NOT_YET_VALID);
        }
        return now.isBefore(forgetAt(times.expires()))
                ? Optional.empty()
                : Optional.of(TokenRefusal.EXPIRED);
    }

    private static Instant forgetAt(long expires) {
        return Instant.ofEpochSecond(expires).plus(SKEW);
    }

    /** A NumericDate without its fraction. */
    private static OptionalLong seconds(Json.Members claims, String name) {
        if (claims.get(name).orElse(null) instanceof Json.Numeral(var text)) {
            Matcher matcher = SECONDS.matcher(text);
            if (matcher.matches()) {
                return OptionalLong.of(Long.parseLong(matcher.group(1)));
            }
        }
        return OptionalLong.empty();
    }

    // ---- who

    private static Optional<TokenRefusal> parties(
            Json.Members claims, TokenKey key, WantedCall wanted) {
        boolean fromThere =
                key.issuer()
                        .map(issuer -> claims.text("iss").filter(issuer::equals).isPresent())
                        .orElse(true);
        if (!fromThere) {
            return Optional.of(TokenRefusal.ISSUER);
        }
        if (!names(claims, wanted.audience())) {
            return Optional.of(TokenRefusal.AUDIENCE);
        }
        return claims.text("sub").filter(wanted.agent()::equals).isPresent()
                ? Optional.empty()
                : Optional.of(TokenRefusal.AGENT);
    }

    /** {@code aud} is one name or a list of them (RFC 7519 §4.1.3). */
    private static boolean names(Json.Members claims, String audience) {
        return claims.get("aud")
                .filter(aud ->
                        switch (aud) {
                            case Json.Text(var one) -> one.equals(audience);
                            case Json.Items(var many) -> many.contains(new Json.Text(audience));
                            case Json.Members _, Json.Numeral _, Json.Flag _, Json.Nothing _ ->
                                    false;
                        })
                .isPresent();
    }

    // ---- what for

    private static Optional<TokenRefusal> call(
            Json.Members claims, NumberPlan plan, WantedCall wanted) {
        Optional<String> allowed = claims.text("dst").flatMap(plan::normal);
        if (allowed.isEmpty() || !allowed.equals(plan.normal(wanted.number()))) {
            return Optional.of(TokenRefusal.NUMBER);
        }
        Optional<String> campaign = claims.text("cmp").filter(TokenCheck::isCampaign);
        boolean fits =
                campaign.filter(c -> wanted.campaigns().isEmpty() || wanted.campaigns().contains(c))
                        .isPresent();
        if (!fits) {
            return Optional.of(TokenRefusal.CAMPAIGN);
        }
        return jti(claims).isPresent() ? Optional.empty() : Optional.of(TokenRefusal.CLAIMS);
    }

    private static boolean isCampaign(String name) {
        return !name.isEmpty() && name.length() <= CAMPAIGN_MAX;
    }

    private static Optional<String> jti(Json.Members claims) {
        return claims.text("jti").filter(jti -> jti.length() >= JTI_MIN && jti.length() <= JTI_MAX);
    }

    private static TokenVerdict valid(Json.Members claims, TokenKey key, NumberPlan plan) {
        return new TokenVerdict.Valid(
                key.kid() + " " + jti(claims).orElseThrow(),
                forgetAt(seconds(claims, "exp").orElseThrow()),
                claims.text("cmp").orElseThrow(),
                claims.text("dst").flatMap(plan::normal).orElseThrow());
    }
}
