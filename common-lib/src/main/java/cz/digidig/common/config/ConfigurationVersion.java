package cz.digidig.common.config;

import java.time.Instant;

/**
 * A configuration that was saved.
 *
 * @param id its name in the history
 * @param savedAt when
 */
public record ConfigurationVersion(String id, Instant savedAt) {}
