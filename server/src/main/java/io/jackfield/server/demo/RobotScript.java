package io.jackfield.server.demo;

import java.time.Duration;

/**
 * What the robot does when it is called, told by the last three digits of the number.
 *
 * @param ringFor from 180 to its final answer
 * @param status what it answers: 200 takes the call
 * @param early whether music is heard before the answer (183 with SDP)
 * @param playFor how long it plays music after the answer; then it echoes
 */
record RobotScript(Duration ringFor, int status, boolean early, Duration playFor) {
    private static final Duration SOON = Duration.ofMillis(1_200);
    private static final Duration FOR_EVER = Duration.ofHours(1);
    private static final Duration MUSIC = Duration.ofSeconds(6);

    static RobotScript of(String number) {
        String last = number.length() < 3 ? number : number.substring(number.length() - 3);
        return switch (last) {
            case "183" -> new RobotScript(Duration.ofSeconds(4), 200, true, MUSIC);
            case "404", "486", "503", "603" ->
                    new RobotScript(SOON, Integer.parseInt(last), false, Duration.ZERO);
            case "480" -> new RobotScript(FOR_EVER, 480, false, Duration.ZERO);
            case "600" -> new RobotScript(Duration.ofMillis(300), 200, false, Duration.ZERO);
            default -> new RobotScript(SOON, 200, false, MUSIC);
        };
    }
}
