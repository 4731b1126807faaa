package io.jackfield.call.routing;

import io.jackfield.media.prompt.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Which calls are recorded.
 *
 * @param share of the calls, in hundredths of a percent: 0 none, 10,000 all
 * @param consent what both sides hear when a recording begins
 */
public record RecordingRule(int share, Optional<Prompt> consent) {
    public static final int ALL = 10_000;

    public static final RecordingRule OFF = new RecordingRule(0, Optional.empty());

    public RecordingRule {
        if (share < 0 || share > ALL) {
            throw new InvalidSite("a share of recordings is 0 to 100 percent");
        }
    }

    /** Whether that call is among the share; the same for a call whenever it is asked. */
    public boolean includes(String callId) {
        CRC32 hash = new CRC32();
        hash.update(callId.getBytes(StandardCharsets.UTF_8));
        return hash.getValue() % ALL < share;
    }
}
