package io.jackfield.call.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Which tokens have been used (RFC 7519 §4.1.7), each until its age alone refuses it.
 *
 * <p>Bounded: when full it takes no more tokens rather than forget one. Confined to its owner.
 */
final class UsedTokens {
    /** 5 minutes of 330 calls a second; some 20 MB. */
    static final int MAX = 100_000;

    private record Used(String digest, Instant forgetAt) {}

    private final UsedTokenJournal journal;
    private final int max;
    private final Set<String> digests = new HashSet<>();
    private final PriorityQueue<Used> byAge =
            new PriorityQueue<>(Comparator.comparing(Used::forgetAt));

    /**
     * What has been forgotten up to. A clock that is set back makes old tokens young again; those
     * can no more be told from used ones, and are refused.
     */
    private Instant forgottenTo = Instant.MIN;

    UsedTokens(UsedTokenJournal journal, int max) {
        this.journal = journal;
        this.max = max;
        journal.read(this::remember);
    }

    /** Uses a token up, or says why that cannot be. */
    Optional<TokenRefusal> use(TokenVerdict.Valid token, Instant now) {
        forget(now);
        String digest = digest(token.identity());
        if (digests.contains(digest) || !token.forgetAt().isAfter(forgottenTo)) {
            return Optional.of(TokenRefusal.USED);
        }
        if (digests.size() >= max) {
            return Optional.of(TokenRefusal.MEMORY_FULL);
        }
        remember(digest, token.forgetAt());
        return journal.add(digest, token.forgetAt())
                ? Optional.empty()
                : Optional.of(TokenRefusal.MEMORY_FAILING);
    }

    int size() {
        return digests.size();
    }

    private void remember(String digest, Instant forgetAt) {
        if (digests.add(digest)) {
            byAge.add(new Used(digest, forgetAt));
        }
    }

    private void forget(Instant now) {
        while (!byAge.isEmpty() && !byAge.peek().forgetAt().isAfter(now)) {
            Used old = byAge.remove();
            digests.remove(old.digest());
            forgottenTo = old.forgetAt();
        }
    }

    /** A file that others might read shall not say which ids a CRM uses. */
    private static String digest(String identity) {
        try {
            byte[] bytes = identity.getBytes(StandardCharsets.UTF_8);
            return Base64Url.encode(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
