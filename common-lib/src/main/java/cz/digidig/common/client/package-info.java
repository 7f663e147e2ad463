/**
 * Calls from one service to another: typed clients over pooled HTTP/1.1 connections, the service's own token, events.
 *
 * <p>Every failure is a {@link cz.digidig.common.client.ServiceFailure}: a {@link
 * cz.digidig.common.client.ServiceProblem} when the other side answered with a problem, a {@link
 * cz.digidig.common.client.ServiceUnavailable} when it did not answer. Nothing is retried here except a request whose
 * token was refused: only the caller knows whether a repeat is harmless.
 */
@NullMarked
package cz.digidig.common.client;

import org.jspecify.annotations.NullMarked;
