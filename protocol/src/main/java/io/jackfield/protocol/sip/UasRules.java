package io.jackfield.protocol.sip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a user agent server looks at in every request before it does anything (RFC 3261 §8.2.1 to
 * §8.2.3). Each refusal says what would have been taken.
 *
 * @param methods those answered otherwise than with 405, in the order Allow names them
 * @param options the option tags understood, for Require and Supported
 * @param mediaTypes those understood as bodies, lower case, for example {@code application/sdp}
 */
public record UasRules(List<SipMethod> methods, Set<String> options, List<String> mediaTypes) {
    private static final String SDP = "application/sdp";

    public UasRules {
        methods = List.copyOf(methods);
        options = Set.copyOf(options);
        mediaTypes = List.copyOf(mediaTypes);
    }

    /** The refusal that a request earns; empty for a good one, and for ACK, which gets none. */
    public Optional<SipResponse> refusal(SipRequest request, String toTag) {
        if (request.method().equals(SipMethod.ACK)) {
            return Optional.empty();
        }
        return unknownMethod(request, toTag)
                .or(() -> unknownExtension(request, toTag))
                .or(() -> unknownContent(request, toTag))
                .or(() -> unacceptableAnswer(request, toTag));
    }

    /** 405 with Allow (§8.2.1). */
    private Optional<SipResponse> unknownMethod(SipRequest request, String toTag) {
        return methods.contains(request.method())
                ? Optional.empty()
                : Optional.of(with(SipResponses.to(request, 405, toTag), "Allow", allow()));
    }

    /** 420 with Unsupported; Require in a CANCEL is ignored (§8.2.2.3). */
    private Optional<SipResponse> unknownExtension(SipRequest request, String toTag) {
        if (request.method().equals(SipMethod.CANCEL)) {
            return Optional.empty();
        }
        List<String> unknown =
                TokenList.of(request.headers(), "Require").tokens().stream()
                        .filter(tag -> !options.contains(tag.toLowerCase(Locale.ROOT)))
                        .toList();
        return unknown.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        with(
                                SipResponses.to(request, 420, toTag),
                                "Unsupported",
                                new TokenList(unknown).text()));
    }

    /** 415 with Accept or Accept-Encoding (§8.2.3); an optional body is never refused. */
    private Optional<SipResponse> unknownContent(SipRequest request, String toTag) {
        if (!request.hasBody() || isOptional(request.headers())) {
            return Optional.empty();
        }
        boolean encoded =
                request.headers()
                        .first("Content-Encoding")
                        .filter(coding -> !coding.equalsIgnoreCase("identity"))
                        .isPresent();
        if (encoded) {
            return Optional.of(
                    with(SipResponses.to(request, 415, toTag), "Accept-Encoding", "identity"));
        }
        return mediaTypes.contains(request.contentType().orElse(""))
                ? Optional.empty()
                : Optional.of(with(SipResponses.to(request, 415, toTag), "Accept", accept()));
    }

    private static boolean isOptional(SipHeaders headers) {
        return headers.first("Content-Disposition")
                .flatMap(UasRules::handling)
                .filter("optional"::equalsIgnoreCase)
                .isPresent();
    }

    private static Optional<String> handling(String disposition) {
        return Values.parse(
                        disposition,
                        in -> {
                            in.token("disposition");
                            return AddressReader.headerParameters(in);
                        })
                .flatMap(parameters -> parameters.value("handling"));
    }

    /** 406 when an INVITE takes no answer that we could give (RFC 4475 §3.3.15). */
    private static Optional<SipResponse> unacceptableAnswer(SipRequest request, String toTag) {
        List<String> accepted = request.headers().all("Accept");
        boolean takesSdp =
                !request.method().equals(SipMethod.INVITE)
                        || accepted.isEmpty()
                        || accepted.stream().anyMatch(value -> MediaRanges.hold(value, SDP));
        return takesSdp ? Optional.empty() : Optional.of(SipResponses.to(request, 406, toTag));
    }

    /** The value of Allow. */
    public String allow() {
        return new TokenList(methods.stream().map(SipMethod::name).toList()).text();
    }

    /** The value of Accept. */
    public String accept() {
        return String.join(", ", mediaTypes);
    }

    private static SipResponse with(SipResponse response, String name, String value) {
        return response.withHeaders(response.headers().with(name, value));
    }
}
