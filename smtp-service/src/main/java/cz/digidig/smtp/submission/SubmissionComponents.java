package cz.digidig.smtp.submission;

import cz.digidig.common.config.ConfigurationStore;
import cz.digidig.common.config.ServiceProperties;
import cz.digidig.smtp.policy.ArrivalPolicy;
import cz.digidig.smtp.session.Directory;
import cz.digidig.smtp.settings.SmtpLimits;
import cz.digidig.smtp.settings.SmtpSettings;
import cz.digidig.smtp.spool.Spool;
import cz.digidig.smtp.usage.DailyUsage;
import java.io.IOException;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** Puts submission by REST together. */
@Configuration(proxyBeanMethods = false)
class SubmissionComponents {
    private static final Clock CLOCK = Clock.systemUTC();

    @Bean
    Submissions submissions(
            Spool spool,
            Directory directory,
            DailyUsage usage,
            ArrivalPolicy policy,
            ConfigurationStore<SmtpSettings> settings,
            SmtpLimits limits) {
        return new Submissions(spool, directory, usage, policy, settings::current, limits, CLOCK);
    }

    @Bean
    IdempotentSubmissions idempotentSubmissions(Submissions submissions, ServiceProperties service, JsonMapper json)
            throws IOException {
        return new IdempotentSubmissions(
                submissions, new Answers(service.dataDir().resolve("answers"), CLOCK, json));
    }
}
