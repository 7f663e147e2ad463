package cz.digidig.common.config;

import java.time.Instant;

/**
 * A configuration that was saved.
 *
 * @param id its name in the history
 * @param savedAt when
 * @param changedBy who changed it, by address, or the service's name; empty: not known
 * @param inEffect whether the file is still the same
 */
public record ConfigurationVersion(String id, Instant savedAt, String changedBy, boolean inEffect) {}
