package io.jackfield.protocol.sdp;

/**
 * A codec as one description offers it: its payload type and parameters there.
 *
 * @param payloadType 0 to 127
 * @param fmtp its parameters (RFC 8866 §6.15), for instance {@code minptime=10;useinbandfec=1};
 *     empty when none
 */
public record AudioFormat(int payloadType, Codec codec, String fmtp) {
    public AudioFormat {
        SdpText.check(payloadType >= 0 && payloadType <= 127, "payload type", payloadType);
        SdpText.check(SdpText.isByteString(fmtp), "format parameters", fmtp);
    }
}
