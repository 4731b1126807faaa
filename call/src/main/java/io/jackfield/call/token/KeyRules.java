package io.jackfield.call.token;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * Which public keys and which numbers in signatures are sound. Pure; any thread.
 *
 * <p>The JDK checks most of it as well; it is written down here because it did not always
 * (CVE-2022-21449).
 */
final class KeyRules {
    private static final int RSA_MIN_BITS = 2048;

    /** Verifying takes longer with the square of the length. */
    private static final int RSA_MAX_BITS = 8192;

    private static final BigInteger RSA_EXPONENT_MIN = BigInteger.valueOf(65_537);
    private static final int RSA_EXPONENT_MAX_BITS = 32;

    /** FIPS 186-5, NIST SP 800-186 §3.2.1.3. */
    private static final BigInteger P256_FIELD =
            hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");

    private static final BigInteger P256_ORDER =
            hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    private static final BigInteger P256_B =
            hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    /** Of a generator of one's own anybody knows the private key (CVE-2020-0601). */
    private static final ECPoint P256_GENERATOR =
            new ECPoint(
                    hex("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
                    hex("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"));

    private static final BigInteger THREE = BigInteger.valueOf(3);

    /** RFC 8032 §5.1: 2^255 - 19, d, and the order of the group. */
    private static final BigInteger ED_FIELD =
            BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

    private static final BigInteger ED_D =
            hex("52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");
    private static final BigInteger ED_ORDER =
            BigInteger.TWO.pow(252).add(hex("14def9dea2f79cd65812631a5cf5d3ed"));
    private static final int HALF = 32;

    private KeyRules() {}

    private static BigInteger hex(String digits) {
        return new BigInteger(digits, 16);
    }

    /** Throws {@link UnusableKey} unless the key is a sound one of that algorithm. */
    static void check(TokenAlgorithm algorithm, PublicKey key) {
        switch (algorithm) {
            case EDDSA -> checkEd25519(key);
            case ES256 -> checkP256(key);
            case RS256 -> checkRsa(key);
            case HS256 -> throw new UnusableKey("HS256 needs a secret, not a public key");
        }
    }

    private static void checkRsa(PublicKey key) {
        if (!(key instanceof RSAPublicKey rsa)) {
            throw new UnusableKey("RS256 needs an RSA key");
        }
        int bits = rsa.getModulus().bitLength();
        if (bits < RSA_MIN_BITS || bits > RSA_MAX_BITS) {
            throw new UnusableKey(
                    "an RSA key has " + RSA_MIN_BITS + " to " + RSA_MAX_BITS + " bits");
        }
        BigInteger exponent = rsa.getPublicExponent();
        if (exponent.compareTo(RSA_EXPONENT_MIN) < 0
                || exponent.bitLength() > RSA_EXPONENT_MAX_BITS
                || !exponent.testBit(0)
                || !rsa.getModulus().testBit(0)) {
            throw new UnusableKey("the exponent of an RSA key is odd and at least 65537");
        }
    }

    private static void checkP256(PublicKey key) {
        if (!(key instanceof ECPublicKey ec)
                || !isP256(ec.getParams())
                || !onP256(ec.getW().getAffineX(), ec.getW().getAffineY())) {
            throw new UnusableKey("ES256 needs a key on the curve P-256");
        }
    }

    private static boolean isP256(ECParameterSpec parameters) {
        EllipticCurve curve = parameters.getCurve();
        return curve.getField() instanceof ECFieldFp field
                && field.getP().equals(P256_FIELD)
                && curve.getA().equals(P256_FIELD.subtract(THREE))
                && curve.getB().equals(P256_B)
                && parameters.getGenerator().equals(P256_GENERATOR)
                && parameters.getOrder().equals(P256_ORDER);
    }

    private static boolean onP256(BigInteger x, BigInteger y) {
        BigInteger right = x.pow(3).subtract(THREE.multiply(x)).add(P256_B).mod(P256_FIELD);
        return inRange(x, BigInteger.ZERO, P256_FIELD)
                && inRange(y, BigInteger.ZERO, P256_FIELD)
                && y.pow(2).mod(P256_FIELD).equals(right);
    }

    private static void checkEd25519(PublicKey key) {
        if (!(key instanceof EdECPublicKey ed)
                || !ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
            throw new UnusableKey("EdDSA needs an Ed25519 key");
        }
        BigInteger y = ed.getPoint().getY();
        if (!inRange(y, BigInteger.ZERO, ED_FIELD) || ofSmallOrder(y)) {
            throw new UnusableKey("the Ed25519 key is a point that anybody can sign for");
        }
    }

    /**
     * The points of order 1, 2, 4 and 8. The first three have y of 1, -1 and 0; doubling one of
     * order 8 gives y of 0, hence x^2 = -y^2, and with the curve's equation d y^4 + 2 y^2 = 1.
     */
    private static boolean ofSmallOrder(BigInteger y) {
        BigInteger square = y.multiply(y).mod(ED_FIELD);
        BigInteger sum =
                ED_D.multiply(square).multiply(square).add(square.shiftLeft(1)).mod(ED_FIELD);
        return y.signum() == 0 || square.equals(BigInteger.ONE) || sum.equals(BigInteger.ONE);
    }

    /** Both r and s from 1 to the order less one (FIPS 186-5 §6.4.2). */
    static boolean inP256(byte[] signature) {
        BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, HALF));
        BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, HALF, 2 * HALF));
        return inRange(r, BigInteger.ONE, P256_ORDER) && inRange(s, BigInteger.ONE, P256_ORDER);
    }

    /** S below the order (RFC 8032 §5.1.7), else one signature had many spellings. */
    static boolean inEd25519(byte[] signature) {
        byte[] bigEndian = new byte[HALF];
        for (int i = 0; i < HALF; i++) {
            bigEndian[i] = signature[2 * HALF - 1 - i];
        }
        return inRange(new BigInteger(1, bigEndian), BigInteger.ZERO, ED_ORDER);
    }

    private static boolean inRange(BigInteger value, BigInteger from, BigInteger below) {
        return value.compareTo(from) >= 0 && value.compareTo(below) < 0;
    }
}
