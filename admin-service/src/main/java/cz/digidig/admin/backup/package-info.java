/**
 * Volumes and backups. This service has no power over the other services' data, so a program of the host, {@code
 * scripts/backup-agent}, does what is asked for here: they meet in the folder {@code backups} of the data folder, where a
 * request is a file of this service's and {@code state.json} is one of the agent's. Everything survives a restore, which
 * replaces this folder too, because the agent keeps it and writes it anew. Depends on {@code overview}, {@code
 * configuration} and {@code backend}.
 */
@NullMarked
package cz.digidig.admin.backup;

import org.jspecify.annotations.NullMarked;
