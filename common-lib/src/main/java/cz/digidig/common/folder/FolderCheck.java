package cz.digidig.common.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.core.io.support.SpringFactoriesLoader;

/**
 * Ends the start, with what to do, where a folder can't be used or holds what this program is too old for, and upgrades
 * what is older. Runs before the log file is opened.
 */
final class FolderCheck implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {
    /** Restoring a backup leaves it behind when it is interrupted. */
    static final String RESTORE_INCOMPLETE = ".restore-incomplete";

    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER - 5;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        Environment environment = event.getEnvironment();
        String data = environment.getProperty("digidig.data-dir");
        String logs = environment.getProperty("digidig.logs-dir");
        if (data != null && logs != null) {
            String service = environment.getProperty("digidig.service", "").replaceFirst("-service$", "");
            check(Path.of(data), volume(environment, service + "_data"));
            check(Path.of(logs), volume(environment, "app_logs"));
            new DataFormat(
                            Path.of(data),
                            release(),
                            SpringFactoriesLoader.forDefaultResourceLocation().load(DataUpgrade.class))
                    .bringUp();
        }
    }

    /** As Maven wrote it down; started from classes alone, a service does not know. */
    private static String release() {
        ClassPathResource info = new ClassPathResource("META-INF/build-info.properties");
        if (!info.exists()) {
            return "development";
        }
        try {
            return PropertiesLoaderUtils.loadProperties(info).getProperty("build.version", "development");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The name under which Docker knows what is mounted there; null outside containers. */
    private static @Nullable String volume(Environment environment, String name) {
        String project = environment.getProperty("DIGIDIG_PROJECT");
        return project == null ? null : project + "_" + name;
    }

    private static void check(Path folder, @Nullable String volume) {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", ""));
        } catch (IOException e) {
            throw UnusableFolder.notWritable(folder, volume, e);
        }
        if (Files.exists(folder.resolve(RESTORE_INCOMPLETE))) {
            throw UnusableFolder.halfRestored(folder);
        }
    }
}
