package io.jackfield.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate chain and its private key, as a key store that lives in memory.
 *
 * @param keyStore with one entry and {@link #PASSWORD}
 */
public record TlsIdentity(KeyStore keyStore) {
    /** Guards nothing: the store never leaves memory, but the interface asks for one. */
    public static final char[] PASSWORD = "memory".toCharArray();

    private static final Pattern PEM_BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    /**
     * Reads PEM files.
     *
     * @throws UnusableCertificateException when they cannot be read or do not belong together
     */
    public static TlsIdentity read(Path certificate, Path key) {
        Certificate[] chain = chain(certificate);
        PrivateKey privateKey = privateKey(key);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("jackfield", privateKey, PASSWORD, chain);
            if (!belongTogether(privateKey, chain[0].getPublicKey())) {
                throw new UnusableCertificateException(
                        key + ": this key does not belong to " + certificate);
            }
            return new TlsIdentity(store);
        } catch (IOException | GeneralSecurityException unfit) {
            throw new UnusableCertificateException(
                    certificate + " and " + key + " cannot be used together: " + unfit.getMessage(),
                    unfit);
        }
    }

    /** True when what the one signs is what the other verifies. */
    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey)
            throws GeneralSecurityException {
        if (!privateKey.getAlgorithm().equals(publicKey.getAlgorithm())) {
            return false;
        }
        String algorithm =
                switch (privateKey.getAlgorithm()) {
                    case "EC" -> "SHA256withECDSA";
                    case "RSA" -> "SHA256withRSA";
                    default -> "EdDSA";
                };
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(privateKey);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(text);
        return signature.verify(signed);
    }

    private static Certificate[] chain(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            Certificate[] chain =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(bytes))
                            .toArray(new Certificate[0]);
            if (chain.length == 0) {
                throw new UnusableCertificateException(
                        file + ": there is no certificate in it (BEGIN CERTIFICATE)");
            }
            return chain;
        } catch (IOException unreadable) {
            throw new UnusableCertificateException(
                    file + ": the certificate cannot be read: " + unreadable, unreadable);
        } catch (GeneralSecurityException unfit) {
            throw new UnusableCertificateException(
                    file + ": this is not a PEM certificate: " + unfit.getMessage(), unfit);
        }
    }

    private static PrivateKey privateKey(Path file) {
        String text;
        try {
            text = Files.readString(file, StandardCharsets.US_ASCII);
        } catch (IOException unreadable) {
            throw new UnusableCertificateException(
                    file + ": the private key cannot be read: " + unreadable, unreadable);
        }
        Matcher block = PEM_BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("PRIVATE KEY")) {
                return decode(file, Base64.getMimeDecoder().decode(block.group(2)));
            }
            if (block.group(1).endsWith("PRIVATE KEY")) {
                throw new UnusableCertificateException(
                        file
                                + ": the key is in the form '"
                                + block.group(1)
                                + "'; rewrite it: openssl pkcs8 -topk8 -nocrypt -in "
                                + file
                                + " -out key.pem");
            }
        }
        throw new UnusableCertificateException(
                file + ": there is no private key in it (BEGIN PRIVATE KEY)");
    }

    private static PrivateKey decode(Path file, byte[] bytes) {
        return ALGORITHMS.stream()
                .flatMap(algorithm -> decode(algorithm, bytes).stream())
                .findFirst()
                .orElseThrow(() ->
                        new UnusableCertificateException(
                                file
                                        + ": the private key is of no kind we know; use"
                                        + " EC (P-256), RSA or Ed25519"));
    }

    private static Optional<PrivateKey> decode(String algorithm, byte[] bytes) {
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm);
            return Optional.of(factory.generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (InvalidKeySpecException another) {
            return Optional.empty();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
