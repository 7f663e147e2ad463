package cz.digidig.common.api.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param items the entries
 * @param next the cursor that asks for the following ones; null: these were the last
 */
public record Page<T>(List<T> items, @Nullable String next) {}
