package cz.digidig.identity.domain;

import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

interface DomainRepository extends Repository<Domain, String> {
    Domain saveAndFlush(Domain domain);

    void delete(Domain domain);

    void flush();

    @NativeQuery("""
            select exists (select 1 from account where domain_id = :id)
                or exists (select 1 from alias where domain_id = :id)
            """)
    boolean inUse(String id);

    Optional<Domain> findById(String id);

    Optional<Domain> findByName(String name);

    @Query("""
            select d from Domain d
            where d.name > :after and d.name like :search escape '\\' and (:everywhere = true or d.id in :domains)
            order by d.name
            """)
    List<Domain> page(String after, String search, boolean everywhere, List<String> domains, Limit limit);
}
