"""Who serves the branches: service centres (党群服务中心), instructors and liaisons."""
