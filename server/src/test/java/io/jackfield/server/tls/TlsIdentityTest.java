package io.jackfield.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A certificate and its key, from PEM files")
class TlsIdentityTest {
    @TempDir private Path folder;
    private TestCertificate made;

    @BeforeEach
    void make() {
        made = TestCertificate.of(folder, "pbx.example.com");
    }

    @Test
    @DisplayName("are read when they belong together")
    void areRead() throws GeneralSecurityException {
        TlsIdentity identity = TlsIdentity.read(made.certificate(), made.key());

        assertThat(identity.keyStore().size()).isEqualTo(1);
    }

    @Test
    @DisplayName("of two different pairs are refused")
    void mustBelongTogether() {
        TestCertificate other = TestCertificate.of(folder, "other.example.com");

        assertThatThrownBy(() -> TlsIdentity.read(made.certificate(), other.key()))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("does not belong to");
    }

    @Test
    @DisplayName("that are missing or swapped are named")
    void areNamed() {
        Path nowhere = folder.resolve("nowhere.pem");
        assertThatThrownBy(() -> TlsIdentity.read(nowhere, made.key()))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("nowhere.pem");
        assertThatThrownBy(() -> TlsIdentity.read(made.certificate(), made.certificate()))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("there is no private key in it");
        assertThatThrownBy(() -> TlsIdentity.read(made.key(), made.key()))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining(made.key().toString());
    }

    @Test
    @DisplayName("in an older form come with the command that rewrites them")
    void oldFormsAreExplained() throws IOException {
        Path old =
                Files.writeString(
                        folder.resolve("old.pem"),
                        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");

        assertThatThrownBy(() -> TlsIdentity.read(made.certificate(), old))
                .isInstanceOf(UnusableCertificateException.class)
                .hasMessageContaining("openssl pkcs8 -topk8");
    }
}
