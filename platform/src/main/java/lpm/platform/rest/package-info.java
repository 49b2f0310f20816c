/**
 * What every REST resource of every service shares: tokens and scopes, errors, pages, X-Filter, limits, histories.
 *
 * <p>A resource is a {@code @Path} class with a constructor that takes {@link lpm.platform.rest.Call} (and {@code Ids}
 * where it makes new things). Each method carries {@link lpm.platform.rest.Scopes} or
 * {@link lpm.platform.rest.Public}; it sends commands with {@code call.send(…)}, which throws
 * {@link lpm.platform.rest.Refused} for a refusal, lists rows with {@code call.page(…)} and finds one with
 * {@code call.row(…)}.
 */
@NullMarked
package lpm.platform.rest;

import org.jspecify.annotations.NullMarked;
