<?php
// Signs a call token with PHP's own functions (7.2 or later, with sodium).
// php make-token.php SEED_BASE64 KID AGENT NUMBER CAMPAIGN PBX ISSUER
declare(strict_types=1);

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/** @param string $seed the 32 bytes of an Ed25519 private key: the last 32 of its PKCS #8 DER */
function makeToken(string $seed, string $kid, array $claims, int $life = 60): string
{
    $secret = sodium_crypto_sign_secretkey(sodium_crypto_sign_seed_keypair($seed));
    $now = time();
    $header = ['alg' => 'EdDSA', 'typ' => 'JWT', 'kid' => $kid];
    $body = ['iat' => $now, 'exp' => $now + $life, 'jti' => bin2hex(random_bytes(16))] + $claims;
    $input = base64url(json_encode($header)) . '.' . base64url(json_encode($body));
    return $input . '.' . base64url(sodium_crypto_sign_detached($input, $secret));
}

if (realpath($argv[0]) === __FILE__) {
    [, $seed, $kid, $agent, $number, $campaign, $pbx, $issuer] = $argv;
    $claims = ['iss' => $issuer, 'aud' => $pbx, 'sub' => $agent, 'dst' => $number, 'cmp' => $campaign];
    echo makeToken(base64_decode($seed), $kid, $claims), "\n";
}
