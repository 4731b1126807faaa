package io.jackfield.server.config;

import io.jackfield.call.routing.Credential;
import io.jackfield.storage.site.SecretSeal;
import io.jackfield.storage.site.SiteEdit;
import io.jackfield.storage.site.SiteRows;
import io.jackfield.storage.site.SiteTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The one check that every door to the site goes through: rows become the document that {@code
 * site.yaml} would be, and that is read as a whole.
 *
 * <p>Thread-safety: any thread.
 */
public final class SiteRowsLoader {
    private final String realm;
    private final Path folder;
    private final SiteSecrets secrets;

    /**
     * @param realm that the passwords' hashes are made for
     * @param folder where relative paths in the site start
     */
    public SiteRowsLoader(String realm, Path folder, SecretSeal seal) {
        this.realm = realm;
        this.folder = folder;
        this.secrets = new SiteSecrets(realm, seal);
    }

    /** What a file wants the rows to be, secrets readable. */
    public record Wanted(PbxSite site, SiteRows rows) {}

    /**
     * The site that these rows are.
     *
     * @param rows as they stand in the tables
     * @throws ConfigurationException with every mistake, each with its table, row and column
     */
    public PbxSite load(SiteRows rows) {
        Problems problems = new Problems();
        return check(secrets.open(rows, problems), problems);
    }

    private PbxSite check(SiteRows opened, Problems problems) {
        return SiteLoader.read(RowsDocument.of(opened, problems), realm, folder, problems);
    }

    /**
     * What a file says.
     *
     * @throws ConfigurationException with every mistake, each with its line and column
     */
    public Wanted read(Path file) {
        Problems problems = new Problems();
        String text = ConfigurationLoader.text(file);
        Yaml.Mapping yaml = YamlReader.readMapping(file.toString(), text, problems);
        problems.throwIfAny();
        PbxSite site = SiteLoader.read(yaml, realm, folder, problems);
        SiteRows rows = FileRows.of(yaml, site.calls());
        PbxSite kept = check(rows, new Problems());
        return new Wanted(kept, rows);
    }

    /** What a change would do to the rows of now. */
    public SiteDiff diff(SiteRows now, SiteRows wanted) {
        return SiteDiff.between(opened(now), wanted);
    }

    /** The edits that make the rows of now what is wanted. */
    public List<SiteEdit> edits(SiteRows now, SiteRows wanted) {
        return SiteDiff.edits(opened(now), wanted, secrets);
    }

    /** The rows with their secrets readable, as far as they can be opened. */
    public SiteRows opened(SiteRows rows) {
        return secrets.open(rows, new Problems());
    }

    /** What the column ha1 of an agent's row holds for that password. */
    public String sealedAgent(String name, String password) {
        String hashes = FileRows.hashes(Credential.of(name, realm, password));
        return secrets.seal(SiteTables.of("agents"), Map.of("name", name, "ha1", hashes))
                .getOrDefault("ha1", "");
    }

    /** What the column password of a trunk's row holds for that password. */
    public String sealedTrunk(String name, String password) {
        return secrets.seal(SiteTables.of("trunks"), Map.of("name", name, "password", password))
                .getOrDefault("password", "");
    }
}
