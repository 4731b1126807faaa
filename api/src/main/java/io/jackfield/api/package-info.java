/**
 * What other programs may ask us over HTTP; start with {@link io.jackfield.api.http.ApiHandler}.
 */
@NullMarked
package io.jackfield.api;

import org.jspecify.annotations.NullMarked;
