package io.jackfield.api.http;

import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A part of the API that has a package of its own. Behind the {@link Guard}; any thread. */
public interface ApiPart {
    /** Whether that path is answered here. */
    boolean serves(String path);

    /** What may be sent there. */
    List<String> methods(String path);

    /** Answers a request whose sender and method are allowed; may wait. */
    void handle(String path, Request request, Response response, Callback callback);
}
