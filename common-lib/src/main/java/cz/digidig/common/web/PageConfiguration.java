package cz.digidig.common.web;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlEncodingFilter;
import org.springframework.web.servlet.resource.VersionResourceResolver;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;

/**
 * Assets under names that hold a hash of their content, so that browsers keep them for good: the suite's own under
 * {@code /assets}, those of WebJars under {@code /webjars}, named without a version.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnPages
class PageConfiguration implements WebMvcConfigurer {
    private static final Duration FOR_GOOD = Duration.ofDays(365);

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        assets(registry, "/assets/**", "classpath:/META-INF/assets/");
        assets(registry, "/webjars/**", "classpath:/META-INF/resources/webjars/");
    }

    private static void assets(ResourceHandlerRegistry registry, String path, String place) {
        registry.addResourceHandler(path)
                .addResourceLocations(place)
                .setCacheControl(CacheControl.maxAge(FOR_GOOD).cachePublic().immutable())
                .resourceChain(true)
                .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
    }

    /** Puts the hashes into the links of the templates. */
    @Bean
    FilterRegistrationBean<ResourceUrlEncodingFilter> assetNames() {
        FilterRegistrationBean<ResourceUrlEncodingFilter> filter =
                new FilterRegistrationBean<>(new ResourceUrlEncodingFilter());
        filter.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
        return filter;
    }

    /** Under names of their own: markup may not be made from beans directly. */
    @Bean
    SmartInitializingSingleton wordsOfTemplates(ThymeleafViewResolver views, Icons icons, PageFormats formats) {
        return () -> {
            views.addStaticVariable("icons", icons);
            views.addStaticVariable("formats", formats);
        };
    }

    @Bean
    LocaleResolver localeResolver(ObjectProvider<PageZone> zones) {
        return Languages.resolver(zones.getIfAvailable(() -> _ -> ZoneId.systemDefault()));
    }
}
