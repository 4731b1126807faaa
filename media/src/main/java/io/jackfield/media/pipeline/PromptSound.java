package io.jackfield.media.pipeline;

import io.jackfield.media.prompt.Prompt;

/** Where one leg is in a prompt that others may hear as well. Thread: the media loop's. */
final class PromptSound implements SoundSource {
    private final Prompt prompt;
    private final boolean loop;
    private int next;

    /**
     * @param loop begins again at its end
     */
    PromptSound(Prompt prompt, boolean loop) {
        this.prompt = prompt;
        this.loop = loop;
    }

    @Override
    public int sampleRate() {
        return Prompt.RATE;
    }

    /** The last frame is filled up with silence. */
    @Override
    public boolean take(short[] pcm, int samples, long nowNanos) {
        if (!loop && next >= prompt.length()) {
            return false;
        }
        for (int i = 0; i < samples; i++) {
            if (loop && next == prompt.length()) {
                next = 0;
            }
            pcm[i] = next < prompt.length() ? prompt.sample(next++) : 0;
        }
        return true;
    }
}
