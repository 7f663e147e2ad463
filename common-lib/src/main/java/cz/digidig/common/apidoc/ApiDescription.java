package cz.digidig.common.apidoc;

import cz.digidig.common.config.ServiceProperties;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.access.AuthorizationManagerWebInvocationPrivilegeEvaluator.HttpServletRequestTransformer;
import org.springframework.security.web.access.PathPatternRequestTransformer;
import org.springframework.security.web.access.WebInvocationPrivilegeEvaluator;
import tools.jackson.databind.JsonNode;

/** What every service's document has beside its operations: the head, scopes, problems, texts, examples. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    /** The name of the scheme by which nearly every operation is called. */
    static final String TOKEN = "token";

    static {
        // JSON whose shape the service's own schema describes.
        SpringDocUtils.getConfig().replaceWithClass(JsonNode.class, Object.class);
    }

    @Bean
    OpenApiCustomizer suiteWide(
            ServiceProperties service,
            ObjectProvider<BuildProperties> build,
            ObjectProvider<WebInvocationPrivilegeEvaluator> access) {
        BuildProperties built = build.getIfAvailable();
        String version = built == null || built.getVersion() == null ? "development" : built.getVersion();
        ApiTexts texts = ApiTexts.read();
        return document -> {
            describe(document, service.service(), version);
            access.ifAvailable(rules -> new Scopes(rules).addTo(document));
            ProblemAnswers.addTo(document);
            texts.addTo(document);
            Conventions.addTo(document);
            RecordedExamples.addTo(document);
        };
    }

    /** The rules are asked about calls that nobody made: as if from outside. */
    @Bean
    HttpServletRequestTransformer supposedRequests() {
        PathPatternRequestTransformer paths = new PathPatternRequestTransformer();
        return supposed -> new HttpServletRequestWrapper(paths.transform(supposed)) {
            @Override
            public DispatcherType getDispatcherType() {
                return DispatcherType.REQUEST;
            }
        };
    }

    /** OpenAPI 3.1 §4.7.2: whose API it is, of which release, and how a caller shows who it is. */
    private static void describe(OpenAPI document, String service, String version) {
        document.setInfo(new Info()
                .title("DIGiDIG " + service)
                .version(version)
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")));
        // Where the service is depends on who asks; the same release has the same document everywhere.
        document.setServers(List.of(new Server().url("/")));
        if (document.getComponents() == null) {
            document.setComponents(new Components());
        }
        document.getComponents()
                .addSecuritySchemes(
                        TOKEN,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description(
                                        "An access token of POST /api/auth/login, of the OpenID provider, or of an API key."
                                                + " Of the scopes that an operation names, one is enough."));
    }
}
